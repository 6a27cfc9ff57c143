from jixiao.domain.note import Note
from jixiao.readers.raw import Grid


def repaired(grid: Grid) -> tuple[Grid, list[Note]]:
    return grid, []
