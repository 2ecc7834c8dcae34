"""What can be looked for: the catalogue of constructs, kept as data files in `catalogue/`."""

from holdspace.constructs._catalogue import Catalogue, catalogue, load_catalogue
from holdspace.constructs._construct import Construct, Measured, OperatingPoint, Source
from holdspace.constructs._errors import CatalogueError

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Construct",
    "Measured",
    "OperatingPoint",
    "Source",
    "catalogue",
    "load_catalogue",
]
