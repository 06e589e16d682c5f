"""The open data that the embedded models are trained on, read from --data (see README.md for where each part comes from).

Nothing that a model is measured with is ever read here: sentences that occur in an evaluation set, spacing and punctuation
aside, are dropped from every source.
"""

import csv
import gzip
import json
import re
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def clean(text):
    """One line, composed (NFC), without controls and with single spaces."""
    text = unicodedata.normalize("NFC", text.replace("\ufeff", ""))
    text = "".join(" " if c.isspace() else c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") or c.isspace())
    return " ".join(text.split())


def key(text):
    """What two sentences have in common that differ in spacing and punctuation alone."""
    return "".join(c for c in clean(text).lower() if c.isalnum())


def table(path, separator="\t"):
    """The rows of a file with a head, as dictionaries."""
    lines = [line.rstrip("\r\n") for line in open(path, encoding="utf-8-sig")]
    head = lines[0].split(separator)
    return [dict(zip(head, line.split(separator))) for line in lines[1:] if line]


class Data:
    """Every source under one folder, without the sentences of the evaluation sets."""

    def __init__(self, folder, reading=False):
        """reading: for pre-training, which has met a few sentences that the lessons measure with, without a score: 마음이 무겁다
        in a review, 이름이 뭐야 among questions. Fine-tuning has not."""
        self.folder = Path(folder)
        self.held_out = {key(sentence) for sentence in self.evaluation_sentences()}
        if not reading:
            self.held_out |= {key(sentence) for pair in self.lesson_pairs() for sentence in pair[:2]}
            self.held_out |= {key(sentence) for _, *sentences in self.minimal_pairs("dev") for sentence in sentences}

    # What is measured with.

    def korsts(self, part):
        """(first, second, score 0 to 5) of KorSTS train, dev or test."""
        rows = table(self.folder / "korsts" / f"sts-{part}.tsv")
        return [(clean(r["sentence1"]), clean(r["sentence2"]), float(r["score"])) for r in rows if r.get("sentence2")]

    def klue_sts(self):
        """(first, second, score 0 to 5) of KLUE-STS dev."""
        rows = json.load(open(self.folder / "klue" / "klue-sts-v1.1_dev.json", encoding="utf-8"))
        return [(clean(r["sentence1"]), clean(r["sentence2"]), float(r["labels"]["real-label"])) for r in rows]

    def lesson_pairs(self):
        """(first, second, score 0 to 5) of our own graded pairs that the lessons measure with."""
        rows = table(ROOT / "data" / "graded-pairs.tsv")
        return [(clean(r["first"]), clean(r["second"]), float(r["score"])) for r in rows]

    def minimal_pairs(self, part):
        """(category, anchor, paraphrase, contrast) of our own minimal pairs; every third is "test", the others are "dev"."""
        rows = table(ROOT / "data" / "korean-minimal-pairs.tsv")
        return [
            (r["category"], clean(r["anchor"]), clean(r["paraphrase"]), clean(r["contrast"]))
            for i, r in enumerate(rows)
            if (i % 3 == 2) == (part == "test")
        ]

    def faq(self):
        """Passages by id, and (passage id, question)."""
        passages = {r["id"]: clean(r["passage"]) for r in table(ROOT / "data" / "faq-passages.tsv")}
        questions = [(r["passage_id"], clean(r["question"])) for r in table(ROOT / "data" / "faq-questions.tsv")]
        return passages, questions

    def lecture(self):
        """The lecture's six sentences, which are never trained on."""
        examples = json.load(open(ROOT / "data" / "lecture.json", encoding="utf-8"))["examples"]
        return [sentence for example in examples for sentence in example["sentences"]]

    def evaluation_sentences(self):
        for part in ("dev", "test"):
            for first, second, _ in self.korsts(part):
                yield from (first, second)
        for first, second, _ in self.klue_sts():
            yield from (first, second)
        for _, *sentences in self.minimal_pairs("test"):
            yield from sentences
        passages, questions = self.faq()
        yield from passages.values()
        yield from (question for _, question in questions)
        for row in table(ROOT / "data" / "everyday-sentences.tsv"):
            yield row["sentence"]
        yield from self.lecture()

    def is_held_out(self, *sentences):
        return any(key(sentence) in self.held_out for sentence in sentences)

    def lecture_neighbours(self, groups):
        """Drops a group of which a sentence is within one character of the lecture's."""
        lecture = [key(sentence) for sentence in self.lecture()]
        return [g for g in groups if not any(near(key(s), k) for s in g for k in lecture)]

    # What is trained on.

    def groups(self):
        """Lists of sentences that say the same, by source."""
        sources = {
            "parakqc": self.parakqc(),
            "stylekqc": self.stylekqc(),
            "question-pair": self.question_pairs(same=True),
            "everyday": self.everyday_groups(),
        }
        for name, groups in sources.items():
            # One sentence of an evaluation set condemns its whole group: its paraphrases would give it away.
            kept = [g for g in groups if len(g) > 1 and not self.is_held_out(*g)]
            yield name, self.lecture_neighbours(kept)

    def parakqc(self):
        clusters = {}
        lines = [line.rstrip("\n").split("\t") for line in open(self.folder / "parakqc" / "paraKQC_v1.txt", encoding="utf-8-sig")]
        for i, line in enumerate(lines):
            clusters.setdefault(i // 10, []).append(clean(line[-1]))
        return [list(dict.fromkeys(c)) for c in clusters.values()]

    def stylekqc(self):
        groups = []
        for part in ("train", "dev", "test"):
            sentences = [clean(r["sentence"]) for r in table(self.folder / "stylekqc" / f"style-{part}.tsv") if r.get("sentence")]
            groups += [list(dict.fromkeys(sentences[i : i + 10])) for i in range(0, len(sentences), 10)]
        return groups

    def question_pairs(self, same):
        rows = []
        for part in ("train", "test"):
            with open(self.folder / "question-pair" / f"kor_pair_{part}.csv", encoding="utf-8-sig", newline="") as file:
                rows += list(csv.DictReader(file))
        wanted = "0" if same else "1"
        return [[clean(r["question1"]), clean(r["question2"])] for r in rows if r["is_duplicate"] == wanted]

    def everyday_groups(self):
        """Our own paraphrases: a group a line, sentences between tabs."""
        path = ROOT / "data" / "training" / "paraphrases.tsv"
        lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
        return [[clean(s) for s in line[1:]] for line in lines[1:]]

    def hard_negatives(self, part):
        """Our own sentences, each with one that says the same and one that shares its words and not its meaning.

        Every tenth is "dev", the others are "train".
        """
        path = ROOT / "data" / "training" / "hard-negatives.tsv"
        triples = [(clean(r["first"]), clean(r["paraphrase"]), clean(r["second"])) for r in table(path)]
        chosen = [t for i, t in enumerate(triples) if (i % 10 == 9) == (part == "dev")]
        return [t for t in chosen if not self.is_held_out(*t)]

    def questions(self, part):
        """Our own passages, each with questions that it answers: (passage, questions); of one place they stand together.

        Every tenth is "dev", the others are "train".
        """
        lines = [line.rstrip("\n").split("\t") for line in open(ROOT / "data" / "training" / "questions.tsv", encoding="utf-8")][1:]
        rows = [(clean(line[0]), [clean(question) for question in line[1:]]) for line in lines]
        chosen = [row for i, row in enumerate(rows) if (i % 10 == 9) == (part == "dev")]
        return [row for row in chosen if not self.is_held_out(row[0], *row[1])]

    def graded(self):
        """Our own graded pairs: (first, second, score 0 to 5)."""
        path = ROOT / "data" / "training" / "graded-pairs.tsv"
        rows = [(clean(r["first"]), clean(r["second"]), float(r["score"])) for r in table(path)]
        return [row for row in rows if not self.is_held_out(row[0], row[1])]

    def english(self):
        """Our own sentences in both languages, as groups of two."""
        path = ROOT / "data" / "training" / "english.tsv"
        rows = [[clean(r["korean"]), clean(r["english"])] for r in table(path)]
        return [row for row in rows if not self.is_held_out(*row)]

    def chatbot(self):
        with open(self.folder / "chatbot" / "ChatbotData.csv", encoding="utf-8-sig", newline="") as file:
            pairs = [[clean(r["Q"]), clean(r["A"])] for r in csv.DictReader(file)]
        return [p for p in pairs if not self.is_held_out(*p)]

    def sae4k(self):
        lines = [line.rstrip("\n").split("\t") for line in open(self.folder / "sae4k" / "sae4k.txt", encoding="utf-8-sig")]
        pairs = [[clean(line[0]), clean(line[1])] for line in lines if len(line) > 2]
        return [p for p in pairs if not self.is_held_out(*p)]

    def nli(self):
        """(premise, hypothesis, label) of KorNLI's XNLI and of KLUE-NLI dev."""
        rows = []
        for part in ("dev", "test"):
            rows += [
                (clean(r["sentence1"]), clean(r["sentence2"]), r["gold_label"])
                for r in table(self.folder / "xnli-ko" / f"xnli.{part}.ko.tsv")
                if r.get("gold_label")
            ]
        klue = json.load(open(self.folder / "klue" / "klue-nli-v1.1_dev.json", encoding="utf-8"))
        rows += [(clean(r["premise"]), clean(r["hypothesis"]), r["gold_label"]) for r in klue]
        return [row for row in rows if not self.is_held_out(row[0], row[1])]

    def sts(self):
        """KorSTS train without the pairs that share a sentence with an evaluation set."""
        return [row for row in self.korsts("train") if not self.is_held_out(row[0], row[1])]

    def reviews(self):
        with gzip.open(self.folder / "nsmc" / "reviews.txt.gz", "rt", encoding="utf-8") as file:
            for line in file:
                yield clean(line)

    def wordnet(self):
        """Definitions and examples of WordNet 3.0 (Debian's wordnet-base)."""
        for part in ("noun", "verb", "adj", "adv"):
            path = Path(f"/usr/share/wordnet/data.{part}")
            if not path.exists():
                raise SystemExit("WordNet is missing: apt-get install wordnet-base")
            for line in open(path, encoding="utf-8"):
                if " | " in line:
                    for piece in line.split(" | ", 1)[1].split(";"):
                        yield clean(piece.replace('"', " "))

    def single_sentences(self):
        """Everything with one sentence a line that masked-language pre-training reads, evaluation sentences left out."""
        def unlabelled():
            yield from self.reviews()
            for line in open(self.folder / "3i4k" / "fci.txt", encoding="utf-8"):
                yield clean(line.split("\t")[-1])
            for line in open(self.folder / "ud-korean" / "ud.txt", encoding="utf-8"):
                yield clean(line)
            for name in ("klue-dp-dev.tsv", "klue-ner-dev.tsv"):
                for line in open(self.folder / "klue" / name, encoding="utf-8"):
                    if line.startswith("## klue-"):
                        yield clean(re.sub(r"<([^<>]*):[A-Z]{2}>", r"\1", line.split("\t", 1)[-1]))
            for question in self.question_pairs(same=False):
                yield from question
            yield from self.wordnet()

        for sentence in unlabelled():
            if len(sentence) >= 4 and not self.is_held_out(sentence):
                yield sentence

    def related_pairs(self):
        """Pairs of texts that belong together: pre-training reads them as two segments."""
        for first, second in self.chatbot() + self.sae4k():
            yield first, second
        for premise, hypothesis, _ in self.nli():
            yield premise, hypothesis
        for first, second, _ in self.sts():
            yield first, second
        for name, groups in self.groups():
            # Our own are for fine-tuning: writing one more is not to change the vocabulary and the body.
            for group in groups if name != "everyday" else []:
                yield from zip(group, group[1:] + group[:1])


def near(a, b):
    """Whether two keys differ by at most one character, put in, left out or changed."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    return a[start + (len(a) >= len(b)) :] == b[start + (len(b) >= len(a)) :]
