"""What produced each weight file that Holdspace ships. Needs torch; never imported by the package."""
