// The list of marks: each with its phrase and codes; the one that is open has a panel in which codes are chosen and a note is written.

const PAUSE = 600; // milliseconds without typing after which a note is sent

class Panel {
  constructor(desk) {
    this.desk = desk;
    this.timers = new Map();
  }

  item(mark) {
    const open = mark.id === this.desk.open;
    const told = this.desk.task.fields.map((field) => this.label(field, mark.codes[field.name])).filter(Boolean).join(" · ");
    const missing = mark.missing.length ? `still to choose: ${mark.missing.join(", ")}` : "";
    const head = make(
      "button",
      { type: "button", class: "am-head", "aria-expanded": String(open), "data-key": `head:${mark.id}`, onclick: () => this.desk.toggle(mark) },
      make("span", { class: "am-number" }, mark.number), ` ${quoted(mark.phrase)} `,
      told ? make("span", { class: "am-codes" }, told) : null, missing ? make("em", {}, ` ${missing}`) : null,
    );
    const lost = mark.end > mark.start ? null : make("p", {}, "This phrase does not stand in the passage.");
    return make("li", { class: open ? "am-item am-item-open" : "am-item" }, head, lost, open ? this.panel(mark) : null);
  }

  label(field, key) {
    if (key === undefined) return "";
    return field.choices.find(([one]) => one === key)?.[1] ?? key;
  }

  panel(mark) {
    if (this.desk.state.finished) return mark.note ? make("div", { class: "am-panel" }, make("p", {}, `Note: ${mark.note}`)) : null;
    const fields = this.desk.task.fields.map((field) => this.field(mark, field));
    const note = this.writing(mark, "note", "Note", make("textarea", { rows: "2" }), mark.note, (text) => ({ do: "note", id: mark.id, text }));
    const gone = () => {
      this.desk.send({ do: "delete", id: mark.id });
      this.desk.leave();
    };
    const remove = make("button", { type: "button", class: "am-button", "data-key": `delete:${mark.id}`, onclick: gone }, `Delete mark ${mark.number}`);
    return make("div", { class: "am-panel", role: "group", "aria-label": `Codes of mark ${mark.number}` }, ...fields, note, remove);
  }

  field(mark, field) {
    const code = (key) => ({ do: "code", id: mark.id, name: field.name, key });
    const name = capital(field.label);
    if (!field.choices.length) return this.writing(mark, field.name, name, make("input", { type: "text" }), mark.codes[field.name] ?? "", code);
    if (this.desk.task.short.includes(field.name)) return this.choices(mark, field, name, code);
    const unknown = field.choices.every(([key]) => key !== mark.codes[field.name]) ? mark.codes[field.name] : undefined;
    const pairs = [["", "choose …"], ...(unknown === undefined ? [] : [[unknown, unknown]]), ...field.choices];
    const options = pairs.map(([key, text]) => make("option", { value: key, selected: key === (mark.codes[field.name] ?? "") }, text));
    const list = make("select", { "data-key": `${field.name}:${mark.id}`, onchange: () => this.desk.send(code(list.value)) }, ...options);
    return make("label", { class: "am-field" }, make("span", { class: "am-label" }, name), list);
  }

  choices(mark, field, name, code) {
    const buttons = field.choices.map(([key, text], at) =>
      make(
        "button",
        {
          type: "button", class: "am-choice", "aria-pressed": String(mark.codes[field.name] === key), title: `Digit ${at + 1}`,
          "data-key": `${field.name}:${key}:${mark.id}`, onclick: () => this.desk.send(code(mark.codes[field.name] === key ? "" : key)),
        },
        text,
      ),
    );
    const row = make("div", { class: "am-row" }, ...buttons);
    return make("div", { class: "am-field", role: "group", "aria-label": name, "data-choices": true }, make("span", { class: "am-label" }, name), row);
  }

  writing(mark, what, name, box, value, wish) {
    const key = `${what}:${mark.id}`;
    const send = () => {
      clearTimeout(this.timers.get(key));
      this.timers.delete(key);
      this.desk.send(wish(box.value));
    };
    box.value = value;
    box.dataset.key = key;
    box.addEventListener("input", () => {
      clearTimeout(this.timers.get(key));
      this.timers.set(key, setTimeout(send, PAUSE));
    });
    box.addEventListener("change", () => this.timers.has(key) && send());
    return make("label", { class: "am-field" }, make("span", { class: "am-label" }, name), box);
  }
}
