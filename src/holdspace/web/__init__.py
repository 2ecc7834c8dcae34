"""The screens: Django, its data apps (accounts, audit, care) and the therapist's workbench."""
