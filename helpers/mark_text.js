// A passage to mark: its text with the marks on it, the words that the keyboard has chosen, and where a pointer points.
// Offsets are code points, so every passage is an array of characters. No text comes in but as text: nothing is parsed as HTML.

const LANES = 3; // kinds of underline; a fourth mark on a word begins again with the first

function make(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const quoted = (text) => `“${text}”`;

function wordsOf(chars) {
  const words = [];
  let start = -1;
  chars.forEach((char, at) => {
    const blank = /\s/u.test(char);
    if (!blank && start < 0) start = at;
    if (blank && start >= 0) words.push([start, at]), (start = -1);
  });
  if (start >= 0) words.push([start, chars.length]);
  return words;
}

// A lane for each mark, so that its underline stays at one height and no two on a word share one.
function lanesOf(marks) {
  const lanes = new Map();
  for (const mark of [...marks].sort((one, other) => one.start - other.start || other.end - one.end)) {
    const taken = [...lanes].filter(([other]) => other.start < mark.end && mark.start < other.end).map(([, lane]) => lane);
    let lane = 0;
    while (taken.includes(lane)) lane += 1;
    lanes.set(mark, lane);
  }
  return lanes;
}

class Passage {
  constructor(given, label, help) {
    Object.assign(this, given);
    this.chars = Array.from(this.text);
    this.words = wordsOf(this.chars);
    this.from = this.to = 0; // the words between which the keyboard has chosen
    this.box = make("div", {
      class: "am-text", tabindex: "0", role: "textbox", "aria-readonly": "true", "aria-multiline": "true",
      "aria-label": label, "aria-describedby": help, "data-key": `text:${this.id}`,
    });
    this.node = make("section", { class: "am-passage" }, this.box, make("div", { class: "am-foot" }, this.name));
  }

  slice(start, end) {
    return this.chars.slice(start, end).join("");
  }

  // The first and the last word of what the keyboard has chosen, as a stretch of the text.
  get chosen() {
    const [first, last] = [Math.min(this.from, this.to), Math.max(this.from, this.to)];
    return [this.words[first][0], this.words[last][1]];
  }

  draw(marks, open) {
    const own = marks.filter((mark) => mark.passage === this.id && mark.end > mark.start);
    const lanes = lanesOf(own);
    const [first, last] = this.chosen;
    const many = this.from !== this.to;
    const cursor = this.words[this.to];
    const cuts = [...new Set([0, this.chars.length, first, last, ...cursor, ...own.flatMap((mark) => [mark.start, mark.end])])];
    cuts.sort((one, other) => one - other);
    this.box.replaceChildren();
    for (let at = 0; at + 1 < cuts.length; at += 1) {
      const [start, end] = [cuts[at], cuts[at + 1]];
      const here = own.filter((mark) => mark.start <= start && end <= mark.end);
      let part = document.createTextNode(this.slice(start, end));
      for (const mark of [...here].sort((one, other) => lanes.get(one) - lanes.get(other))) {
        const lane = lanes.get(mark);
        const classes = ["am-mark", `am-lane-${lane % LANES}`, here.length > 1 ? "am-several" : "", mark.id === open ? "am-open" : ""];
        part = make("span", { class: classes.filter(Boolean).join(" ") }, part);
        part.style.paddingBottom = `${0.1 + 0.33 * lane}em`;
        if (mark.end === end) part.append(make("span", { class: "am-badge", "data-number": mark.number }));
      }
      const classes = [many && first <= start && end <= last ? "am-chosen" : "", cursor[0] <= start && end <= cursor[1] ? "am-cursor" : ""];
      if (classes.some(Boolean)) part = make("span", { class: classes.filter(Boolean).join(" ") }, part);
      this.box.append(part);
    }
  }

  // From a place in the page to a place in the text, and back.
  offset(node, within) {
    const range = document.createRange();
    range.selectNodeContents(this.box);
    range.setEnd(node, within);
    return Array.from(range.toString()).length;
  }

  // The place in the text under the pointer, or null.
  at(x, y) {
    const position = document.caretPositionFromPoint?.(x, y);
    const range = position ? null : document.caretRangeFromPoint?.(x, y); // the older name
    const [node, within] = position ? [position.offsetNode, position.offset] : [range?.startContainer, range?.startOffset];
    return node && this.box.contains(node) ? this.offset(node, within) : null;
  }

  rect(word) {
    const [start, end] = this.words[word];
    const walker = document.createTreeWalker(this.box, NodeFilter.SHOW_TEXT);
    let before = 0;
    while (walker.nextNode()) {
      const length = Array.from(walker.currentNode.data).length;
      if (before + length > start) {
        const range = document.createRange();
        const units = (count) => Array.from(walker.currentNode.data).slice(0, count).join("").length;
        range.setStart(walker.currentNode, units(start - before));
        range.setEnd(walker.currentNode, units(Math.min(end - before, length)));
        return range.getBoundingClientRect();
      }
      before += length;
    }
    return this.box.getBoundingClientRect();
  }

  wordAt(offset) {
    const found = this.words.findIndex(([, end]) => offset <= end);
    return found < 0 ? this.words.length - 1 : found;
  }

  // The words that a stretch touches, whole; null when it touches none.
  snap(start, end) {
    const touched = this.words.filter(([first, last]) => first < end && start < last);
    return touched.length ? [touched[0][0], touched[touched.length - 1][1]] : null;
  }

  // The nearest word in the line above (-1) or below (1).
  line(step) {
    const here = this.rect(this.to);
    let best = null;
    this.words.forEach((_, word) => {
      const there = this.rect(word);
      const away = (there.top - here.top) * step;
      if (away <= here.height / 2) return;
      const far = away * 1000 + Math.abs(there.left - here.left);
      if (!best || far < best.far) best = { far, word };
    });
    return best ? best.word : step < 0 ? 0 : this.words.length - 1;
  }

  move(key) {
    const end = this.words.length - 1;
    const steps = { ArrowLeft: this.to - 1, ArrowRight: this.to + 1, Home: 0, End: end };
    const next = key in steps ? steps[key] : this.line(key === "ArrowUp" ? -1 : 1);
    return Math.min(Math.max(next, 0), end);
  }
}
