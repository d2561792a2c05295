"""Lists to choose from that come with the platform: communes, départements, régions, EPCI, countries."""

from formdefs.data.listing import Entry, Listing, sort_key
from formdefs.data.packaged import PACKAGED, packaged

__all__ = ["PACKAGED", "Entry", "Listing", "packaged", "sort_key"]
