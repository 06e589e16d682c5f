"""Makes of a sentence one that shares nearly all its words and says something else, or the same: of these no corpus has enough.

    python3 contrasts.py --data ../../../shared/data      # prints some

Something else, in four ways: who does what to whom is exchanged, something is denied or no longer denied, a number is another, a word
is its opposite. The same, in four: another style, without a particle, in another order, without a space. Who saw only the former would
learn that the more words two sentences share, the less alike they are.
"""

import argparse
import random
import re

from corpus import Data

NUMBERS = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"]
# Beginnings of words; both ways.
OPPOSITES = """
있/없 맛있/맛없 재미있/재미없 어제/내일 오늘/어제 아침/저녁 오전/오후 낮에/밤에 주말/평일 작년/내년 지난/다음 벌써/아직
많이/조금 많은/적은 많아/적어 많았/적었 모두/일부만 전부/조금만 자주/가끔 항상/가끔 먼저/나중에 처음/마지막 일찍/늦게 빨리/천천히 같이/따로 함께/혼자
크/작 큰/작은 커/작아 컸/작았 긴/짧은 높/낮 넓/좁 두꺼/얇 무거/가벼 무겁/가볍 비싸/싸 비싼/싼 새로운/오래된 젊/늙
더워/추워 더웠/추웠 더운/추운 덥/춥 뜨거/차가 뜨겁/차갑 밝/어두 쉬운/어려운 쉽/어렵 쉬웠/어려웠 좋은/나쁜 좋아/싫어 좋았/싫었 기쁘/슬프 기뻤/슬펐 행복/불행 안전/위험 편해/불편해
켜/꺼 켰/껐 켠/끈 켜고/끄고 열었/닫았 열어/닫아 열고/닫고 열려/닫혀 열리/닫히 열렸/닫혔 잠갔/열었 올랐/내렸 올라/내려 오르/내리 올렸/내렸 늘었/줄었 늘어/줄어 늘렸/줄였
샀/팔았 사고/팔고 이겼/졌 빌렸/빌려줬 받았/줬 받아/줘 주었/받았 들어갔/나갔 들어왔/나왔 들어가/나가 들어오/나오 도착/출발 시작했/끝났 시작해/끝나 시작하/끝나 입었/벗었 입고/벗고 신고/벗고
앉았/섰 앉아/서서 울었/웃었 울고/웃고 태어났/죽었 잃어버렸/찾았 붙었/떨어졌 합격/불합격 성공/실패 찬성/반대 가까/멀 앞에/뒤에 앞으로/뒤로 위에/아래에 안에/밖에 왼쪽/오른쪽 북쪽/남쪽 동쪽/서쪽
남자/여자 아버지/어머니 아빠/엄마 할아버지/할머니 누나/동생 언니/동생 아들/딸 선생님/학생 의사/환자 여름/겨울 봄/가을 월요일/금요일 토요일/수요일 고양이/강아지 개가/고양이가 버스/기차 지하철/택시 커피/우유
"""
OTHER = {}
for pair in OPPOSITES.split():
    one, other = pair.split("/")
    OTHER.setdefault(one, []).append(other)
    OTHER.setdefault(other, []).append(one)
LONGEST = sorted(OTHER, key=len, reverse=True)
ENDING = re.compile(r"(다|요|어|아|네|지|까|니|죠|래|자|군|걸|음|함)[.!?~]*$")
DENIED = ("않", "없", "못", "아니", "안", "말")


def closed(word):
    """Whether the last syllable ends in a consonant, which decides between 이 and 가, 을 and 를, 은 and 는."""
    return "가" <= word[-1] <= "힣" and (ord(word[-1]) - ord("가")) % 28 > 0


def with_particle(noun, particle):
    for pair in ("이가", "을를", "은는"):
        if particle in pair:
            return noun + (pair[0] if closed(noun) else pair[1])
    return noun + particle


def exchanged(words, chooser):
    """개가 고양이를 쫓았다: 고양이가 개를 쫓았다."""
    who = [i for i, word in enumerate(words[:-1]) if len(word) > 1 and word[-1] in "이가은는"]
    whom = [(i, p) for i, word in enumerate(words[:-1]) for p in ("에게", "한테", "보다", "을", "를") if len(word) > len(p) and word.endswith(p)]
    if not who or not whom:
        return None
    i, (k, particle) = chooser.choice(who), chooser.choice(whom)
    first, second = words[i][:-1], words[k][: -len(particle)]
    if i == k or first == second:
        return None
    words = list(words)
    words[i], words[k] = with_particle(second, words[i][-1]), with_particle(first, particle)
    return words


def denied(words, chooser):
    """숙제를 했다: 숙제를 안 했다; and back."""
    for i, word in enumerate(words[:-1]):
        if word in ("안", "못"):
            return words[:i] + words[i + 1 :]
    last = words[-1]
    if any(mark in word for word in words for mark in DENIED) or not ENDING.search(last) or last.startswith(("이", "예", "입")):
        return None
    made = re.match(r"^([가-힣]{2,})(했|해|하|합|한)(.+)$", last)
    if made:
        return [*words[:-1], made[1], chooser.choice(["안", "못"]), made[2] + made[3]]
    return [*words[:-1], chooser.choice(["안", "안", "못"]), last]


def renumbered(words, chooser):
    """책 세 권: 책 일곱 권."""
    places = [i for i, word in enumerate(words) if word in NUMBERS or re.search(r"\d", word)]
    if not places:
        return None
    i, words = chooser.choice(places), list(words)
    if words[i] in NUMBERS:
        words[i] = chooser.choice([number for number in NUMBERS if number != words[i]])
    else:
        words[i] = re.sub(r"\d+", lambda number: str(int(number[0][:6]) + chooser.choice([1, 2, 5, 10, 30])), words[i])
    return words


def opposed(words, chooser):
    """문을 열었다: 문을 닫았다."""
    places = [(i, start) for i, word in enumerate(words) if (start := next((s for s in LONGEST if word.startswith(s)), None))]
    if not places:
        return None
    i, start = chooser.choice(places)
    return [*words[:i], chooser.choice(OTHER[start]) + words[i][len(start) :], *words[i + 1 :]]


PAST = re.compile(r"^(.+)(다|어|어요|습니다|죠|네요|지요)([.!]?)$")  # after a syllable that ends in ㅆ, of which all are alike
POLITE = [("합니다", "해요", "한다", "해"), ("입니다", "이에요", "이다", "이야"), ("됩니다", "돼요", "된다", "돼")]
# 은 and 는 end verbs as well.
PLACES = ("에", "에서", "에게", "까지", "부터", "가", "을", "를")


def restyled(words, chooser):
    """비가 왔어요: 비가 왔습니다."""
    last = words[-1]
    past = PAST.match(last)
    if past and (ord(past[1][-1]) - ord("가")) % 28 == 20:
        endings = [ending for ending in ("다", "어", "어요", "습니다", "죠", "네요") if ending != past[2]]
        return [*words[:-1], past[1] + chooser.choice(endings) + past[3]]
    for forms in POLITE:
        for form in forms[:2]:
            if last.rstrip(".!").endswith(form) and len(last) > len(form) + 1:
                start = last[: last.rindex(form)]
                return [*words[:-1], start + chooser.choice([other for other in forms if other != form])]
    return None


def bare(words, chooser):
    """밥을 먹었다: 밥 먹었다."""
    places = [i for i, word in enumerate(words[:-1]) if len(word) > 2 and word.endswith(("을", "를"))]
    if not places:
        return None
    i = chooser.choice(places)
    return [*words[:i], words[i][:-1], *words[i + 1 :]]


def reordered(words, chooser):
    """나는 어제 집에서 잤다: 어제 나는 집에서 잤다. Only what particles mark, and not before the predicate."""
    places = [i for i in range(len(words) - 2) if words[i].endswith(PLACES) and words[i + 1].endswith(PLACES) and words[i][-1] != words[i + 1][-1]]
    if not places:
        return None
    i = chooser.choice(places)
    return [*words[:i], words[i + 1], words[i], *words[i + 2 :]]


def joined(words, chooser):
    """밥을 먹었다: 밥을먹었다."""
    i = chooser.randrange(len(words) - 1)
    return [*words[:i], words[i] + words[i + 1], *words[i + 2 :]]


def harmless(sentence, chooser):
    """A sentence that says the same with next to the same words, or None: a small change need not be a contrast."""
    words = sentence.split()
    ways = [restyled, bare, reordered, joined]
    weights = [4, 2, 3, 1]
    while len(words) > 2 and ways:
        way = chooser.choices(ways, weights)[0]
        if changed := way(words, chooser):
            return " ".join(changed)
        weights.pop(ways.index(way))
        ways.remove(way)
    return None


def contrast(sentence, chooser):
    """A sentence that says something else, or None where none of the ways fits."""
    words = sentence.split()
    ways = [exchanged, denied, renumbered, opposed]
    chooser.shuffle(ways)
    for way in ways:
        if len(words) > 1 and (changed := way(words, chooser)):
            return " ".join(changed)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    arguments = parser.parse_args()
    chooser, sentences = random.Random(1), [s for _, groups in Data(arguments.data).groups() for g in groups for s in g]
    made = [(s, contrast(s, chooser)) for s in chooser.sample(sentences, 2000)]
    print(f"{100 * sum(c is not None for _, c in made) / len(made):.0f} % of the sentences have one")
    for sentence, changed in made[:40]:
        print(f"{sentence}\t{changed}\t{harmless(sentence, chooser)}")


if __name__ == "__main__":
    main()
