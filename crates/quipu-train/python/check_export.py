"""Holds an exported file, read by its description, against the student it came from:
`check_export.py FILE STUDENT.pt`"""

import sys

import torch

import corpora
import student
from reading import Model
from score import score


def main(path, student_path):
    torch.set_num_threads(1)
    m = Model(path)
    trained, lexicon, voc = student.load(student_path)
    for name, dev in corpora.load(m.meta["lang"])[2].items():
        dev = dev[::4]
        in_torch = score(dev, student.predict(trained, dev, voc, lexicon))
        in_file = score(dev, [m.annotate(s.form) for s in dev])
        print(name, "torch f32", in_torch, "file int8", in_file, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
