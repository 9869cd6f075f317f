"""Shopping cases over the sample shop, one a line: `rapport evaluate constraints`."""
