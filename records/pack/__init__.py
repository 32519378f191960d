"""The inspection pack: one tagged PDF that answers an inspector, with sealed records inside."""
