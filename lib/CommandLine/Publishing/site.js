// Search over all lessons: every word must occur, in any case, anywhere in a section. Korean needs no more than that, for a
// word with another particle still holds the word. The page's own language comes first.
(() => {
  const input = document.querySelector("header.site input");
  const found = document.querySelector(".found");
  if (!input || !found || !window.searchIndex) return;
  const language = document.documentElement.lang;
  const fold = (text) => text.normalize("NFC").toLowerCase();

  const search = (words) => {
    const hits = [];
    for (const lesson of window.searchIndex)
      for (const [id, heading, text] of lesson.sections) {
        const all = fold(`${lesson.title} ${heading} ${text}`);
        if (!words.every((word) => all.includes(word))) continue;
        const inHeading = words.every((word) => fold(heading).includes(word));
        hits.push({ lesson, id, heading, text, rank: (lesson.language === language ? 0 : 2) + (inHeading ? 0 : 1) });
      }
    return hits.sort((a, b) => a.rank - b.rank).slice(0, 20);
  };

  // What stands around the first word, the word marked; as text, never as markup.
  const excerpt = (text, word) => {
    const at = fold(text).indexOf(word);
    const paragraph = document.createElement("p");
    if (at < 0) {
      paragraph.textContent = text.slice(0, 120);
      return paragraph;
    }
    const mark = document.createElement("mark");
    mark.textContent = text.slice(at, at + word.length);
    paragraph.append((at > 50 ? "… " : "") + text.slice(Math.max(0, at - 50), at), mark, `${text.slice(at + word.length, at + 90)} …`);
    return paragraph;
  };

  const show = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    found.replaceChildren();
    if (words.length === 0) return;
    const hits = search(words);
    if (hits.length === 0) {
      found.textContent = input.dataset.none;
      return;
    }
    const list = document.createElement("ol");
    for (const hit of hits) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = input.dataset.up + hit.lesson.page + (hit.id ? `#${hit.id}` : "");
      link.textContent = hit.heading && hit.heading !== hit.lesson.title ? `${hit.lesson.title} › ${hit.heading}` : hit.lesson.title;
      item.lang = hit.lesson.language;
      item.append(link, excerpt(hit.text, words[0]));
      list.append(item);
    }
    found.append(list);
  };
  input.addEventListener("input", show);
  input.value ||= new URLSearchParams(location.search).get("q") ?? ""; // a search can be linked to: index.html?q=pooling
  show();
})();
