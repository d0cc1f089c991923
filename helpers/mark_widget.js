// The front end of a desk of marks. What is true stands in Python (helpers/mark_desk.py): here it is shown, and wishes are sent.
// It is loaded with mark_text.js (the passages) and mark_panel.js (the list of marks) in front of it.

const PATIENCE = 4000; // milliseconds without an answer after which a word is said

function nameMarks(marks) {
  const numbers = marks.map((mark) => mark.number);
  const last = numbers.pop();
  return numbers.length ? `marks ${numbers.join(", ")} and ${last}` : `mark ${last}`;
}

class Desk {
  constructor(model, el) {
    this.model = model;
    this.task = model.get("task");
    this.state = model.get("state");
    this.open = this.state.active || null;
    this.page = 0;
    this.asking = this.goOn = false;
    this.told = this.state.said;
    this.panel = new Panel(this);
    const id = `am-${Math.random().toString(36).slice(2)}`;
    this.passages = this.task.passages.map((one) => new Passage(one, `Passage ${one.name}, to mark`, id));
    this.build(el, id);
    this.draw();
  }

  get marks() {
    return this.state.marks;
  }

  get ready() {
    return this.marks.length > 0 && this.marks.every((mark) => !mark.missing.length);
  }

  get shown() {
    return this.task.together ? this.passages : [this.passages[this.page]];
  }

  build(el, id) {
    const button = (text, act) => make("button", { type: "button", class: "am-button", "data-key": text, onclick: act }, text);
    this.buttons = {
      mark: button("Mark these words", () => this.markChosen()),
      undo: button("Undo", () => this.send({ do: "undo" })),
      redo: button("Redo", () => this.send({ do: "redo" })),
      back: button("Previous passage", () => this.turn(-1)),
      next: button("Next passage", () => this.turn(1)),
      finish: button("Finish and compare", () => this.ask(true)),
    };
    const { mark, undo, redo, back, next, finish } = this.buttons;
    this.bar = make("div", { class: "am-bar" }, mark, undo, redo, ...(this.task.together ? [] : [back, next]));
    this.said = make("p", { class: "am-said", role: "status", tabindex: "-1" });
    this.live = make("p", { class: "am-hidden", "aria-live": "polite" });
    this.texts = make("div", { class: "am-texts" });
    this.head = make("p", { class: "am-listhead" });
    this.list = make("ol", { class: "am-list", "aria-label": "Your marks" });
    this.end = make("div", { class: "am-end" }, finish);
    const side = make("div", { class: "am-side" }, this.head, this.list);
    const columns = make("div", { class: "am-columns" }, this.texts, side);
    this.root = make(
      "div",
      { class: "am", role: "group", "aria-label": `Marks ${this.task.label}`, onkeydown: (event) => this.key(event) },
      this.help(id), this.bar, this.said, this.live, columns, this.task.finish ? this.end : null,
    );
    this.root.addEventListener("pointerdown", (event) => (this.down = this.passageOf(event.target)));
    // At the pointer's going up the selection still stands; at the click JupyterLab has cleared it.
    this.up = (event) => this.take(event);
    document.addEventListener("pointerup", this.up, true);
    this.guard = (event) => this.keepKeys(event);
    window.addEventListener("keydown", this.guard, true); // before JupyterLab, which listens at the document
    el.append(this.root);
  }

  help(id) {
    const [first] = this.task.fields.filter((field) => this.task.short.includes(field.name));
    const keys = [
      "By keyboard: in a passage the arrow keys go from word to word, Shift with an arrow key chooses several words,",
      "Enter marks them and goes to the codes, Escape goes back to the passage.",
      first ? `A digit marks them and gives the ${first.label} at once (1 is ${first.choices[0][1]}); in a row of choices a digit presses one.` : "",
      "Control and Z takes a step back, Control and Y goes forward again.",
    ];
    const lines = [
      "By mouse: draw over some words, then choose the codes. A double click marks one word, a click on a mark opens it. " +
        "By touch: choose words, then press “Mark these words”.",
      keys.filter(Boolean).join(" "),
    ];
    const [mouse, keyboard] = lines.map((line) => make("p", {}, line));
    keyboard.id = id;
    return make("details", { class: "am-help" }, make("summary", {}, "How to mark"), mouse, keyboard);
  }

  // ---- wishes and answers

  send(wish) {
    this.model.send(wish);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.said.textContent = "Python has not answered yet. If it stays so, run this cell again: what was saved is kept.";
    }, PATIENCE);
  }

  update() {
    clearTimeout(this.waiting);
    const before = this.state;
    this.state = this.model.get("state");
    if (this.state.turn !== before.turn) this.open = this.state.active || (this.marks.some((mark) => mark.id === this.open) ? this.open : null);
    this.told = this.state.said;
    const led = this.passages.findIndex((passage) => passage.id === this.state.led); // by a step back or forward, or on the way to the end
    if (this.state.turn !== before.turn && led >= 0) this.page = led;
    const ended = this.state.finished && !before.finished;
    if (ended || !this.ready) this.asking = false;
    this.draw();
    if (ended) this.said.focus();
    if (this.goOn && this.open) this.root.querySelector(".am-panel button, .am-panel select, .am-panel input")?.focus();
    this.goOn = false;
  }

  markChosen() {
    const recent = this.shown.includes(this.recent) ? this.recent : null;
    if (!this.picked && !recent) {
      this.said.textContent = "Choose some words first.";
      return;
    }
    const { passage, span } = this.picked ?? { passage: recent, span: recent.chosen };
    this.mark(passage, ...span);
    this.goOn = true;
  }

  mark(passage, start, end, more = {}) {
    this.picked = null;
    document.getSelection()?.removeAllRanges();
    passage.from = passage.to = passage.wordAt(end);
    this.send({ do: "mark", passage: passage.id, start, end, ...more });
  }

  ask(asking) {
    if (asking && !this.ready) return this.send({ do: "finish" }); // Python says what is missing, and where
    this.asking = asking;
    this.draw();
    (asking ? this.end.querySelector("button") : this.buttons.finish).focus();
  }

  turn(step) {
    this.page = Math.min(Math.max(this.page + step, 0), this.passages.length - 1);
    this.picked = null;
    if (!this.state.alarm) this.told = ""; // only the place is new
    this.draw();
  }

  // ---- pointer

  passageOf(node) {
    return this.shown.find((passage) => passage.box.contains(node)) ?? null;
  }

  take(event) {
    const passage = this.down;
    this.down = null;
    if (!passage || event.button > 0 || this.state.finished) return;
    const span = this.selection(passage);
    const again = event.timeStamp - (this.taken ?? -1000) < 500; // a third click would choose the whole passage
    if (span && !again) {
      this.taken = event.timeStamp;
      this.mark(passage, ...span);
    } else if (!span) this.point(passage, event);
  }

  selection(passage) {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0);
    if (!range.intersectsNode(passage.box)) return null;
    const inside = (node) => passage.box.contains(node);
    const start = inside(range.startContainer) ? passage.offset(range.startContainer, range.startOffset) : 0;
    const end = inside(range.endContainer) ? passage.offset(range.endContainer, range.endOffset) : passage.chars.length;
    return passage.snap(start, end);
  }

  // A click without a selection: the cursor goes there; on marks, the next of them is opened.
  point(passage, event) {
    this.picked = null;
    const at = passage.at(event.clientX, event.clientY);
    if (at === null) return;
    this.recent = passage;
    passage.from = passage.to = passage.wordAt(at);
    const here = this.marks.filter((mark) => mark.passage === passage.id && mark.start <= at && at <= mark.end);
    if (here.length) this.open = here[(here.findIndex((mark) => mark.id === this.open) + 1) % here.length].id;
    this.draw();
  }

  // ---- keyboard

  // Keys pressed in here are ours; JupyterLab keeps those with Control (but for a step back or forward) and Shift with Enter.
  keepKeys(event) {
    const command = (event.ctrlKey || event.metaKey || event.altKey) && !/^[zy]$/i.test(event.key);
    this.root.toggleAttribute("data-lm-suppress-shortcuts", !command && !(event.shiftKey && event.key === "Enter"));
  }

  key(event) {
    const typing = ["TEXTAREA", "INPUT"].includes(event.target.tagName);
    const passage = this.passageOf(event.target);
    let done = false;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) done = !typing && this.step(event);
    else if (event.altKey) done = false;
    else if (passage) done = this.keyInText(passage, event);
    else if (event.key === "Escape") done = this.leave();
    else if (/^[1-9]$/.test(event.key) && !typing) done = this.press(event);
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  step(event) {
    const key = event.key.toLowerCase();
    if (this.state.finished || (key !== "z" && key !== "y")) return false;
    this.send({ do: key === "y" || event.shiftKey ? "redo" : "undo" });
    return true;
  }

  keyInText(passage, event) {
    this.recent = passage;
    if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) {
      this.picked = null;
      passage.to = passage.move(event.key);
      if (!event.shiftKey) passage.from = passage.to;
      passage.draw(this.marks, this.open);
      passage.box.querySelector(".am-cursor")?.scrollIntoView({ block: "nearest" });
      this.tell(passage);
      return true;
    }
    if (event.key === "Escape") {
      this.picked = null;
      passage.from = passage.to;
      passage.draw(this.marks, this.open);
      return true;
    }
    if (this.state.finished || (event.key === "Enter" && event.shiftKey)) return false;
    if (event.key === "Enter" || event.key === " ") {
      this.goOn = true;
      this.mark(passage, ...passage.chosen);
      return true;
    }
    const [name] = this.task.short;
    const choices = this.task.fields.find((field) => field.name === name)?.choices ?? [];
    if (!/^[1-9]$/.test(event.key) || event.key > choices.length) return false;
    this.mark(passage, ...passage.chosen, { name, key: choices[event.key - 1][0] });
    return true;
  }

  // What stands under the cursor, for those who hear it.
  tell(passage) {
    const [start, end] = passage.chosen;
    const here = this.marks.filter((mark) => mark.passage === passage.id && mark.start < end && start < mark.end);
    const inside = here.length ? `, in ${nameMarks(here)}` : "";
    this.live.textContent = `${passage.from === passage.to ? "" : "chosen: "}${passage.slice(start, end)}${inside}`;
  }

  press(event) {
    const group = event.target.closest?.("[data-choices]");
    const button = group?.querySelectorAll("button")[event.key - 1];
    button?.focus();
    button?.click();
    return Boolean(button);
  }

  leave() {
    if (this.asking) this.ask(false);
    else (this.passages.find((one) => one.id === this.marks.find((mark) => mark.id === this.open)?.passage) ?? this.shown[0]).box.focus();
    return true;
  }

  // ---- what is seen

  draw() {
    const kept = this.keep();
    const { finished, undo, redo, alarm } = this.state;
    this.root.classList.toggle("am-finished", finished);
    if (this.texts.firstChild !== this.shown[0].node || this.texts.childElementCount !== this.shown.length) {
      this.texts.replaceChildren(...this.shown.map((passage) => passage.node));
    }
    for (const passage of this.shown) passage.draw(this.marks, this.open);
    this.buttons.undo.disabled = !undo;
    this.buttons.redo.disabled = !redo;
    this.buttons.back.disabled = this.page === 0;
    this.buttons.next.disabled = this.page === this.passages.length - 1;
    for (const name of ["mark", "undo", "redo"]) this.buttons[name].hidden = finished;
    const place = this.task.together ? "" : `Passage ${this.page + 1} of ${this.passages.length}. `;
    if (this.said.textContent !== place + this.told) this.said.textContent = place + this.told;
    this.said.classList.toggle("am-alarm", alarm);
    const listed = this.marks.filter((mark) => this.shown.some((passage) => passage.id === mark.passage));
    const none = `No marks ${this.marks.length ? "in this passage " : ""}yet: draw over some words.`;
    this.head.textContent = listed.length ? `Your marks: ${listed.length}${finished ? ", locked" : ""}` : none;
    this.list.replaceChildren(...listed.map((mark) => this.panel.item(mark)));
    this.drawEnd(finished);
    this.restore(kept);
  }

  drawEnd(finished) {
    if (finished || !this.asking) {
      this.end.replaceChildren(...(finished ? [] : [this.buttons.finish]));
      return;
    }
    const yes = make("button", { type: "button", class: "am-button", "data-key": "yes", onclick: () => this.finish() }, "Yes, finish");
    const no = make("button", { type: "button", class: "am-button", "data-key": "no", onclick: () => this.ask(false) }, "Not yet");
    const question = make("p", {}, "Once you have finished you see the reference, and your marks can no longer be changed.");
    this.end.replaceChildren(make("div", { role: "group", "aria-label": "Finish?", class: "am-question" }, question, yes, no));
  }

  finish() {
    this.asking = false;
    this.send({ do: "finish", sure: true });
    this.draw();
    this.said.focus();
  }

  toggle(mark) {
    this.open = this.open === mark.id ? null : mark.id;
    this.draw();
  }

  // The list is made anew at every change; who was in it stays there, with what was just being typed.
  keep() {
    const active = this.root.contains(document.activeElement) ? document.activeElement : null;
    return active && { key: active.dataset.key, value: active.value, at: active.selectionStart, to: active.selectionEnd };
  }

  restore(kept) {
    if (!kept?.key || this.root.contains(document.activeElement)) return;
    const node = [...this.root.querySelectorAll("[data-key]")].find((one) => one.dataset.key === kept.key);
    if (!node) return;
    if (["TEXTAREA", "INPUT"].includes(node.tagName)) {
      node.value = kept.value;
      node.setSelectionRange(kept.at, kept.to);
    }
    node.focus({ preventScroll: true });
  }

  close() {
    document.removeEventListener("pointerup", this.up, true);
    window.removeEventListener("keydown", this.guard, true);
    clearTimeout(this.waiting);
  }
}

function render({ model, el }) {
  const desk = new Desk(model, el);
  const update = () => desk.update();
  model.on("change:state", update);
  // Words chosen by touch have no pointer that goes up: they wait for the button.
  const picked = () => {
    const passage = desk.shown.find((one) => document.getSelection()?.anchorNode && one.box.contains(document.getSelection().anchorNode));
    const span = passage && desk.selection(passage);
    if (span) desk.picked = { passage, span };
  };
  document.addEventListener("selectionchange", picked);
  return () => {
    model.off("change:state", update);
    document.removeEventListener("selectionchange", picked);
    desk.close();
  };
}

export default { render };
