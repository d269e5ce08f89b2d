"""A bench of page layouts that no reader was made for, each with its known truth."""
