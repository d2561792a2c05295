"""The wizard's storage: the draft itself, which `save_answers` has already written."""

from typing import Any

from formtools.wizard.storage.base import BaseStorage


class DraftStorage(BaseStorage):
    """Keeps the current step for the length of a request; answers and files live in the dossier."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.init_data()

    def set_step_data(self, step: str, cleaned_data: Any) -> None:
        """The page's form has saved its answers while it was judged."""

    def get_step_data(self, step: str) -> None:
        """Pages are filled from the draft, not from what was once sent."""

    def set_step_files(self, step: str, files: Any) -> None:
        """The page's form has attached its files."""

    def reset(self) -> None:
        """The draft outlives the wizard."""
