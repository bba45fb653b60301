//! Bytes of a source come in; transcript, repaired text, fields, zones and languages go out, with a map back to every character as read.
//! Files found inside come out as parts, to be read as sources of their own.
//! It never touches tokens, claims, the archive or the network.
