//! The same loops compiled for the vectors that a processor has.
//!
//! No sum here depends on the width of a vector, and nothing is fused that the
//! source does not fuse, so every width gives the same bits.

/// Makes a function of a loop: one body, compiled for several processors and
/// chosen when it runs.
macro_rules! wide {
    ($(#[$about:meta])* $name:ident = $body:ident($($argument:ident: $kind:ty),* $(,)?)) => {
        $(#[$about])*
        pub(crate) fn $name($($argument: $kind),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,avx2")]
                fn wider($($argument: $kind),*) {
                    $body($($argument),*);
                }
                #[target_feature(enable = "avx2")]
                fn wide($($argument: $kind),*) {
                    $body($($argument),*);
                }
                if is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                {
                    #[allow(unsafe_code, reason = "asked of the processor above")]
                    // SAFETY: the processor has the instructions.
                    unsafe {
                        wider($($argument),*);
                    }
                    return;
                }
                if is_x86_feature_detected!("avx2") {
                    #[allow(unsafe_code, reason = "asked of the processor above")]
                    // SAFETY: the processor has the instructions.
                    unsafe {
                        wide($($argument),*);
                    }
                    return;
                }
            }
            $body($($argument),*);
        }
    };
}
pub(crate) use wide;
