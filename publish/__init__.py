"""Writers of the published files: checked tables in, a folder of described files out."""

from publish.card import DatasetCard
from publish.dataset import Published, write_dataset

__all__ = ["DatasetCard", "Published", "write_dataset"]
