"""Key pairs: made, brought in, given out, signed and used."""
