"""The files of the content that are no articles: authority, directory, synonyms, notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb.authority import Authority, read_authority
from kb.directory import DirectoryEntry, read_directory
from kb.notices import Notice, read_notices
from kb.problems import Problem
from kb.synonyms import Synonym, read_synonyms

NAMES = ("authority.yml", "directory.csv", "synonyms.yml", "notices.yml")


@dataclass(frozen=True)
class DataFiles:
    """What the files say, and what is wrong with them."""

    authority: Authority
    authority_lines: Mapping[str, int]
    """The line of each key of `authority.yml`."""
    directory: tuple[DirectoryEntry, ...]
    synonyms: tuple[tuple[int, Synonym], ...]
    """Each group with its line."""
    notices: tuple[Notice, ...]
    problems: tuple[Problem, ...]


@lru_cache(maxsize=1)
def read_data_files(
    files: tuple[bytes | None, ...], folder_name: str, attachments: frozenset[str]
) -> DataFiles:
    """Read the files; once as long as they stay the same, as they do while articles are edited.

    Args:
        files: the bytes of each of `NAMES`; None for one that there is not.
        folder_name: the content folder's own name.
        attachments: the paths of all attachments.
    """
    authority_file, directory_file, synonyms_file, notices_file = files
    whose = read_authority(authority_file, folder_name, attachments)
    directory, of_directory = read_directory(directory_file)
    synonyms, of_synonyms = read_synonyms(synonyms_file)
    notices, of_notices = read_notices(notices_file)
    problems = (*whose.problems, *of_directory, *of_synonyms, *of_notices)
    return DataFiles(whose.authority, whose.lines, directory, synonyms, notices, problems)
