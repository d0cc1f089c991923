// While something in one of our views has the focus, bare keys are its own: JupyterLab would take arrows and letters for its cells,
// and x would cut one. Keys with Ctrl, Alt or Cmd, and Shift+Enter, stay JupyterLab's. Its shortcuts ask for the focused element itself,
// so that is where the attribute stands which keeps them off.
function guard(el) {
  function mark(event) {
    const theirs = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
    if ((el.closest(".alliance") ?? el).contains(event.target)) {
      event.target.toggleAttribute("data-lm-suppress-shortcuts", !theirs);
    }
  }
  window.addEventListener("keydown", mark, true); // before JupyterLab, which listens at the document
  return () => window.removeEventListener("keydown", mark, true);
}

