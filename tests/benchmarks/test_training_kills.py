from __future__ import annotations

from benchmarks import training_kills


def test_a_damaged_snapshot_is_seen(tmp_path):
    (tmp_path / "film").mkdir()
    (tmp_path / "film" / "step-000000001.safetensors").write_bytes(b"cut off")
    found, can_go_on, trouble = training_kills.look_at(tmp_path)
    assert (found, can_go_on, len(trouble)) == (1, 0, 1)


def test_a_run_killed_before_it_wrote_anything_left_nothing(tmp_path):
    training_kills.train_until_killed(tmp_path, 0.0)
    assert training_kills.look_at(tmp_path) == (0, 0, [])
