from django.core.files import File


class OnDisk(File):
    """A file that lies ready on disk: a storage on the same disk moves it instead of copying."""

    def temporary_file_path(self) -> str:
        return str(getattr(self.file, "name", ""))
