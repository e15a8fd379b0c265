"""An exam as one encrypted file: packed and unpacked it is the same, and nothing made up or damaged gets in."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from sat_exam import digest, respond, sealed

from qbank import archive, store
from qbank.actions import pack
from qbank.actions.grade import grade
from qbank.archive import Packed
from qbank.model import Refused
from qbank.papers import Exam

PASSPHRASE = "five words and one more"
NAMES = ("张三", "李四", "O'Hara", "2001", "2002", "2003", "Wang")


@pytest.fixture(scope="session")
def sat(exam: Exam, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded exam with a journal and a file of somebody's own."""
    root = tmp_path_factory.mktemp("archive")
    folder = sealed(exam, root / "quiz")
    grade(folder, respond(exam, root / "responses.csv", {}))
    with store.writing(folder) as writing:
        store.append(writing, "complaints.jsonl", b'{"by": "Wang"}\n')
    (folder / "sheets").mkdir()
    (folder / "sheets/2001.pdf").write_bytes(b"%PDF of 2001")
    os.utime(folder / "exam.yaml", (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture(scope="session")
def parcel(sat: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("parcel") / "quiz.qbank.zip"
    pack.pack(sat, path, PASSPHRASE)
    return path


def test_unpacked_it_is_the_same(sat: Path, parcel: Path, tmp_path: Path) -> None:
    count = pack.unpack(parcel, tmp_path / "again", PASSPHRASE)

    assert digest(tmp_path / "again") == digest(sat)
    assert count == pack.check(parcel, PASSPHRASE) == sum(path.is_file() for path in sat.rglob("*"))
    assert store.verified(tmp_path / "again") == ()
    assert (tmp_path / "again/exam.yaml").stat().st_mtime == 1_700_000_000
    if os.name == "posix":
        for path in ("private/exam.json", "results/marks.csv", "complaints.jsonl"):
            assert (tmp_path / "again" / path).stat().st_mode & 0o077 == 0


def test_whoever_has_no_passphrase_reads_neither_names_nor_paths(parcel: Path) -> None:
    content = parcel.read_bytes()

    assert not any(name.encode() in content for name in NAMES)
    with zipfile.ZipFile(parcel) as outer:
        assert outer.namelist() == ["README.txt", "about.json", "files.bin"]
        assert json.loads(outer.read("about.json"))["title"] == "everything"


def test_the_readme_is_enough_to_open_it_without_qbank(parcel: Path) -> None:
    """What the README says, done with the library alone: an archive outlives a program."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    with zipfile.ZipFile(parcel) as outer:
        lock, body = json.loads(outer.read("about.json"))["lock"], outer.read("files.bin")
    key = Scrypt(bytes.fromhex(lock["salt"]), 32, lock["n"], lock["r"], lock["p"]).derive(PASSPHRASE.encode())
    size = lock["piece"] + 16
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    plain = b"".join(
        AESGCM(key).decrypt(
            bytes.fromhex(lock["nonce"]) + at.to_bytes(4, "big") + bytes([at + 1 == len(pieces)]), piece, None
        )
        for at, piece in enumerate(pieces)
    )
    assert "exam/exam.yaml" in zipfile.ZipFile(io.BytesIO(plain)).namelist()


def changed(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as outer:
        parts = {name: outer.read(name) for name in outer.namelist()}
    change(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, held in parts.items():
            made.writestr(name, held)
    return target.getvalue()


def about(**fields: object) -> Callable[[dict[str, bytes]], object]:
    def change(parts: dict[str, bytes]) -> None:
        told = json.loads(parts["about.json"])
        told["lock"] |= {name: value for name, value in fields.items() if name in told["lock"]}
        told |= {name: value for name, value in fields.items() if name in told}
        parts["about.json"] = json.dumps(told).encode()

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda parts: parts.update({"files.bin": parts["files.bin"][:-20]}), "its contents are not as they were"),
        (lambda parts: parts.update({"../evil": b""}), "this is not an archive made by 'qbank pack', or it is damaged"),
        (lambda parts: parts.pop("about.json"), "this is not an archive made by 'qbank pack', or it is damaged"),
        (lambda parts: parts.update({"about.json": b"[]"}), "this is not an archive made by 'qbank pack'"),
        (about(n=1 << 30), "this is not an archive made by 'qbank pack'"),  # 128 GiB of memory
        (about(key="none"), "this is not an archive made by 'qbank pack'"),
        (about(format=2), "update qbank"),
        (about(salt="00" * 16), "the passphrase is wrong, or the archive is damaged"),
        (about(nonce="00" * 7), "the passphrase is wrong, or the archive is damaged"),
    ],
)  # fmt: skip
def test_a_damaged_archive_writes_nothing(
    parcel: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], object], said: str
) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(changed(parcel.read_bytes(), change))

    with pytest.raises(Refused) as refused:
        pack.unpack(path, tmp_path / "again", PASSPHRASE)
    assert said in str(refused.value) and str(refused.value).startswith(f"{path}: ")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.zip"]


@settings(max_examples=20)
@given(st.data())
def test_a_byte_that_is_changed_is_found(parcel: Path, sat: Path, data: st.DataObject) -> None:
    content = bytearray(parcel.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))

    try:
        again = archive.unpacked(bytes(content), PASSPHRASE)
    except Refused:
        return
    held = {path.relative_to(sat).as_posix(): path.read_bytes() for path in sat.rglob("*") if path.is_file()}
    assert {name: each.content for name, each in again.items()} == held, "it was a byte that says nothing"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, os.urandom(200)])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    with pytest.raises(Refused, match="this is not an archive made by 'qbank pack', or it is damaged"):
        pack.check(tmp_path / "x.zip", PASSPHRASE)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"exam.yaml": b"{}", "../evil": b"x"}, "'../evil' is not a path within an exam"),
        ({"exam.yaml": b"{}", "/etc/evil": b"x"}, "'/etc/evil' is not a path within an exam"),
        ({"exam.yaml": b"{}", "a\\..\\evil": b"x"}, "is not a path within an exam"),
        ({"exam.yaml": b"{}", "Exam.yaml": b"x"}, "the archive is damaged: it contains a file twice"),
        ({"notes.txt": b"x"}, "the archive contains no exam"),
    ],
)  # fmt: skip
def test_what_somebody_with_the_passphrase_made_up_stays_outside(
    tmp_path: Path, files: Mapping[str, bytes], said: str
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(archive.packed({name: Packed(held, 0.0) for name, held in files.items()}, "", PASSPHRASE))

    with pytest.raises(Refused) as refused:
        pack.unpack(path, tmp_path / "again", PASSPHRASE)
    assert said in str(refused.value)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["x.zip"]


def test_an_exam_that_is_not_as_sealed_is_not_packed_unsaid(sat: Path, tmp_path: Path) -> None:
    folder = tmp_path / "quiz"
    shutil.copytree(sat, folder)
    (folder / "private/exam.json").write_bytes(b"{}")

    with pytest.raises(Refused, match=r"not as it was sealed: private/exam\.json"):
        pack.pack(folder, tmp_path / "x.zip", PASSPHRASE)
    with pytest.raises(Refused, match="is inside the exam; write the archive somewhere else"):
        pack.pack(folder, folder / "x.zip", PASSPHRASE)
    with pytest.raises(Refused, match="fewer than 12 characters can be found by trying"):
        pack.pack(sat, tmp_path / "x.zip", "short")
    assert [each.name for each in tmp_path.iterdir()] == ["quiz"]


def test_a_link_is_not_followed(sat: Path, tmp_path: Path) -> None:
    shutil.copytree(sat, tmp_path / "quiz")
    (tmp_path / "quiz/link").symlink_to("/etc")

    with pytest.raises(Refused, match="link is a link; put the folder itself there"):
        pack.pack(tmp_path / "quiz", tmp_path / "x.zip", PASSPHRASE)


def test_the_commands(run: Run, sat: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text(f"{PASSPHRASE}\n", "utf-8")
    count = sum(path.is_file() for path in sat.rglob("*"))
    packed = run("pack", str(sat), "-o", "quiz.zip", "--passphrase-file", "secret.txt")

    assert packed == (0, f"quiz.zip: {count} files, encrypted, and checked by unpacking them once\n", "")
    assert run("pack", "quiz.zip", "--verify")[2].startswith("qbank: there is no terminal to ask for the passphrase")
    monkeypatch.setenv("QBANK_PASSPHRASE", "another one altogether")
    code, _, err = run("unpack", "quiz.zip", "-o", "again")
    assert (code, err) == (2, "qbank: quiz.zip: the passphrase is wrong, or the archive is damaged\n")
    monkeypatch.setenv("QBANK_PASSPHRASE", PASSPHRASE)
    assert run("pack", "quiz.zip", "--verify") == (0, f"quiz.zip: {count} files, each as it was packed\n", "")
    assert run("unpack", "quiz.zip", "-o", "again") == (0, f"again: {count} files, as they were sealed\n", "")
    assert run("unpack", "quiz.zip", "-o", "again")[0] == 2, "it is not written over"
    assert run("grade", "again")[0] == 0
