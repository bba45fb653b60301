//! HTTP requests come in; pages go out, made on the server from desk views.
//! It listens on loopback only and asks nothing of any other machine.
//! It never touches anything below the desk.

mod assets;
mod door;
mod frame;
mod link;
mod pack;
mod pages;
mod pictures;
mod serve;
pub mod words;
pub mod write;

pub use pictures::{PictureError, PictureMaker};
pub use serve::{Room, first_address, router, serve};
