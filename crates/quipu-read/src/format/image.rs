//! Pictures: PNG, JPEG, TIFF and their kin, read by OCR.
