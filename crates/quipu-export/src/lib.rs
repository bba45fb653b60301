//! Desk views come in; one file per outside format goes out.
//! Every format has its own module and its standard named.
//! It never touches the archive or a stage.
