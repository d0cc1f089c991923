// A choice on its way to Python. Where Python is not there, nothing is shown as chosen, and a line says so; where it is long in
// answering, too, until it does.
const PATIENCE = 4000; // milliseconds

function sender(model, el, lost) {
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "alliance-lost";
  let waiting;

  function say(words) {
    clearTimeout(waiting);
    said.textContent = words;
  }

  function send(at) {
    if (el.closest(".jupyter-widgets-disconnected")) {
      say(`${lost}: Python was started afresh. Run this cell again.`);
    } else if (at !== model.get("index")) {
      say("");
      waiting = setTimeout(say, PATIENCE, "Python has not answered yet. If it stays so, run this cell again.");
      model.set("index", at);
      model.save_changes({ iopub: { status: ({ content }) => content.execution_state === "idle" && say("") } });
    }
  }

  return { said, send };
}

