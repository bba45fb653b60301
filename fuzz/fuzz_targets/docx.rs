#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    quipu_fuzz::read(Some(quipu_read::Format::Docx), bytes);
});
