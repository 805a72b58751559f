"""What the command line answers to whoever asks for nothing, or from the wrong place."""

import pytest

from cecourse.publish.__main__ import COMMANDS, main


def test_no_command_is_answered_with_all_of_them(capsys):
    assert main([]) == 2
    said = capsys.readouterr().out
    assert all(f"    {name}" in said and words[:40] in said for name, words in COMMANDS.items())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_without_a_course_is_named(command, tmp_path):
    with pytest.raises(SystemExit, match=r"There is no .*course\.toml; expected the file that says"):
        main([command, "--course", str(tmp_path)])
