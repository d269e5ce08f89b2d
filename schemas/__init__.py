"""Ground floor: the shape of everything that passes between the rooms. No parsing, no rules, no input or output."""
