//! HTTP requests come in; pages go out, made on the server from desk views.
//! It listens on loopback only and asks nothing of any other machine.
//! It never touches anything below the desk.
