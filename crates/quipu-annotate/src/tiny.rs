//! A model of a few hundred weights made by chance, for tests: what it says is
//! nonsense, but it must say it of every text, quickly, and always the same.

/// Name, type, dimensions, bytes, scales.
type Tensor = (String, u8, Vec<u32>, Vec<u8>, Vec<u8>);

/// Makes a model file (`models/FORMAT.md`).
struct Writer {
    state: u32,
    tensors: Vec<Tensor>,
}

impl Writer {
    /// A number between -1 and 1.
    fn chance(&mut self) -> f32 {
        self.state = self
            .state
            .wrapping_mul(1_664_525)
            .wrapping_add(1_013_904_223);
        f32::from(u16::try_from(self.state >> 16).unwrap_or(0)) / 32768.0 - 1.0
    }

    fn numbers(&mut self, name: &str, dimensions: &[u32]) {
        let count: u32 = dimensions.iter().product();
        let bytes = (0..count)
            .flat_map(|_| self.chance().to_le_bytes())
            .collect();
        self.tensors
            .push((name.to_owned(), 0, dimensions.to_vec(), bytes, Vec::new()));
    }

    fn whole(&mut self, name: &str, rows: u32, width: u32) {
        let bytes = (0..rows * width)
            .map(|_| (self.chance() * 127.0) as i8 as u8)
            .collect();
        let scales = (0..rows).flat_map(|_| 0.01_f32.to_le_bytes()).collect();
        self.tensors
            .push((name.to_owned(), 1, vec![rows, width], bytes, scales));
    }

    fn layer(&mut self, name: &str, width: u32, whole: bool) {
        if whole {
            self.whole(&format!("{name}.w"), 3 * width, width);
        } else {
            self.numbers(&format!("{name}.w"), &[3 * width, width]);
        }
        self.numbers(&format!("{name}.b"), &[3 * width]);
        self.numbers(&format!("{name}.ln.g"), &[width]);
        self.numbers(&format!("{name}.ln.b"), &[width]);
    }

    fn head(&mut self, name: &str, rows: u32, width: u32) {
        self.whole(&format!("{name}.w"), rows, width);
        self.numbers(&format!("{name}.b"), &[rows]);
    }

    fn text(&mut self, name: &str, text: &str) {
        let length = u32::try_from(text.len()).unwrap_or(0);
        self.tensors.push((
            name.to_owned(),
            2,
            vec![length],
            text.as_bytes().to_vec(),
            Vec::new(),
        ));
    }

    fn list(&mut self, name: &str, words: &[&str]) {
        self.text(&format!("{name}.text"), &words.concat());
        let mut at = 0;
        let mut offsets = vec![0_u32];
        for word in words {
            at += u32::try_from(word.len()).unwrap_or(0);
            offsets.push(at);
        }
        let count = u32::try_from(offsets.len()).unwrap_or(0);
        let bytes = offsets.iter().flat_map(|at| at.to_le_bytes()).collect();
        self.tensors
            .push((format!("{name}.off"), 3, vec![count], bytes, Vec::new()));
    }

    fn file(&self) -> Vec<u8> {
        let entry = |name: &str, dimensions: &[u32]| 2 + name.len() + 2 + 4 * dimensions.len() + 24;
        let length: usize = self.tensors.iter().map(|t| entry(&t.0, &t.2)).sum();
        let mut file = b"QUIPUM01".to_vec();
        file.extend(u32::try_from(self.tensors.len()).unwrap_or(0).to_le_bytes());
        file.extend(u32::try_from(length).unwrap_or(0).to_le_bytes());
        let mut data = vec![0; (file.len() + length).next_multiple_of(64) - file.len() - length];
        let start = file.len() + length;
        for (name, kind, dimensions, bytes, scales) in &self.tensors {
            file.extend(u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
            file.extend(name.as_bytes());
            file.extend([*kind, u8::try_from(dimensions.len()).unwrap_or(0)]);
            dimensions
                .iter()
                .for_each(|one| file.extend(one.to_le_bytes()));
            let mut places = [(start + data.len()) as u64, bytes.len() as u64, 0];
            data.extend(bytes);
            data.resize((start + data.len()).next_multiple_of(64) - start, 0);
            if !scales.is_empty() {
                places[2] = (start + data.len()) as u64;
                data.extend(scales);
                data.resize((start + data.len()).next_multiple_of(64) - start, 0);
            }
            places
                .iter()
                .for_each(|place| file.extend(place.to_le_bytes()));
        }
        file.extend(data);
        file
    }
}

/// The bytes of a model for a language; other seeds say other nonsense.
pub(crate) fn model(tag: &str, seed: u32) -> Vec<u8> {
    let mut w = Writer {
        state: seed,
        tensors: Vec::new(),
    };
    let meta = format!(
        "lang\t{tag}\nlayers\tsn\nhidden\t4\nword_dim\t4\naffix_dim\t2\naffix_rows\t16\narc\t4\nrel\t4\n"
    );
    w.text("meta", &meta);
    let upos = ["ADJ", "NOUN", "PROPN", "PUNCT", "VERB"];
    let relations = ["nsubj", "obj", "parataxis", "punct", "root"];
    let features = [
        "ADJ|_",
        "NOUN|Number=Plur",
        "NOUN|Number=Sing",
        "PROPN|_",
        "PUNCT|_",
        "VERB|_",
    ];
    let names = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"];
    w.list("labels.upos", &upos);
    w.list("labels.rel", &relations);
    w.list("labels.feats", &features);
    w.list("labels.ner", &names);
    w.list("lex", &["a", "del", "lima", "paga"]);
    w.whole("word", 6, 4);
    for affix in 0..4 {
        w.whole(&format!("affix.{affix}"), 16, 2);
    }
    w.numbers("shape", &[12, 2]);
    w.list("wide.lex", &["lima", "quispe"]);
    w.whole("wide", 3, 3);
    w.whole("in.w", 8, 17);
    w.numbers("in.b", &[8]);
    w.numbers("in.ln.g", &[8]);
    w.numbers("in.ln.b", &[8]);
    w.numbers("root", &[8]);
    w.layer("l0", 8, true);
    w.layer("l1", 8, true);
    w.numbers("l1.prev", &[8]);
    w.numbers("l1.next", &[8]);
    for name in ["arc.dep", "arc.head", "rel.dep", "rel.head"] {
        w.head(name, 4, 8);
    }
    w.head("rel.out", 5, 4);
    w.head("upos", 5, 8);
    w.head("feats", 6, 8);
    w.head("ner", 7, 8);
    w.whole("arc.u", 4, 4);
    w.numbers("arc.hb.w", &[4]);
    w.numbers("arc.hb.b", &[1]);
    w.numbers("arc.dist", &[41]);
    w.numbers("tok.seams.scale", &[1]);
    let seams = (0..65_536_u32)
        .flat_map(|at| (at.wrapping_mul(2_654_435_761) >> 16).to_le_bytes()[..2].to_vec());
    let seams: Vec<u8> = seams.collect();
    w.tensors
        .push(("tok.seams".to_owned(), 4, vec![65_536], seams, Vec::new()));
    w.whole("ends.word", 16_384, 4);
    w.whole("ends.suffix", 4_096, 2);
    w.numbers("ends.shape", &[12, 2]);
    w.numbers("ends.gap", &[5, 2]);
    w.numbers("ends.first", &[256, 2]);
    w.numbers("ends.in.w", &[8, 12]);
    w.numbers("ends.in.b", &[8]);
    w.layer("ends.l0", 8, false);
    w.layer("ends.l1", 8, false);
    w.numbers("ends.out.w", &[8]);
    w.numbers("ends.out.b", &[1]);
    w.text("mwt.split", "del\tde el\n");
    w.text("mwt.whole", "");
    w.text("mwt.verbs", "pagar\n");
    w.text("mwt.ends", "n't\n's\n");
    w.text("lemma.rules", "NOUN\t\t0\t\nNOUN\ts\t1\t\nVERB\ta\t1\tar\n");
    w.text("lemma.exceptions", "paga\tVERB\t\tpagar\n");
    w.file()
}
