"""What hostile and broken input does to a build."""
