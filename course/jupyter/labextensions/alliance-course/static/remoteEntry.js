// The course in JupyterLab: its lessons in the launcher and in a menu, what is new, a lesson begun again, and one that was left open.
//
// A federated module written by hand, in the shape in which JupyterLab's builder writes them: an object in window._JUPYTERLAB
// with init(shared packages) and get(module). So there is nothing to build, and whoever installs the course needs no Node.
(() => {
  "use strict";

  const NAME = "alliance-course";
  const OPEN = `${NAME}:open`;
  const RESET = `${NAME}:reset`;
  const CATEGORY = "Course";
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const STATE = "application/vnd.jupyter.widget-state+json";
  const complain = (error) => console.warn(`${NAME}: ${error.message}`);
  let packages = {};

  // The one copy of a package that JupyterLab itself uses: its tokens and classes must be the very same objects.
  const shared = async (name) => {
    const copies = Object.values(packages[name]);
    const copy = copies.find((one) => /application-top/.test(one.from)) ?? copies[0];
    const factory = copy.lib ?? (await copy.get());
    return factory();
  };

  const load = async () => {
    const names = ["apputils", "coreutils", "launcher", "mainmenu", "notebook", "services", "ui-components"];
    const [apputils, { URLExt }, { ILauncher }, { IMainMenu }, { INotebookTracker }, { ServerConnection }, { LabIcon }, { Menu }] =
      await Promise.all([...names.map((name) => `@jupyterlab/${name}`), "@lumino/widgets"].map(shared));

    const activate = async (app, launch, menus, notebooks, palette) => {
      window.addEventListener("keydown", leaveBareKeys, true); // before JupyterLab, which listens at the document
      const ask = makeAsk(app.serviceManager.serverSettings, ServerConnection, URLExt);
      const course = await ask("lessons");
      if (course === null) {
        return; // this JupyterLab was opened on another folder
      }
      addCommands(app, course, ask, apputils, LabIcon);
      course.lessons.forEach((lesson, rank) => launch?.add({ command: OPEN, args: lesson, category: CATEGORY, categoryRank: -1, rank }));
      palette?.addItem({ command: RESET, category: CATEGORY });
      menus?.addMenu(makeMenu(app.commands, course, Menu), true, { rank: 900 });
      notebooks?.forEach((panel) => keepReadable(app.commands, panel).catch(complain));
      notebooks?.widgetAdded.connect((_, panel) => keepReadable(app.commands, panel).catch(complain));
      await app.restored;
      tellNews(app.commands, course);
    };

    return {
      id: `${NAME}:plugin`,
      description: "Lessons in the launcher, what is new, and a lesson begun again.",
      autoStart: true,
      optional: [ILauncher, IMainMenu, INotebookTracker, apputils.ICommandPalette],
      // Not waited for: JupyterLab opens at once, and a course that cannot be asked for is no reason to open without its menu bar.
      activate: (...given) => void activate(...given).catch(complain),
    };
  };

  const makeAsk = (settings, ServerConnection, URLExt) => async (what, sent) => {
    const address = URLExt.join(settings.baseUrl, NAME, what);
    const options = sent ? { method: "POST", body: JSON.stringify(sent) } : {};
    const response = await ServerConnection.makeRequest(address, options, settings);
    if (response.status === 404) {
      return null;
    }
    const told = await response.json();
    if (!response.ok) {
      throw new Error(told.message);
    }
    return told;
  };

  const addCommands = (app, course, ask, apputils, LabIcon) => {
    const icons = new Map(course.lessons.map(({ path, mark }) => [path, new LabIcon({ name: `${NAME}:${path}`, svgstr: drawIcon(mark) })]));
    const current = () => {
      const context = app.shell.currentWidget?.context;
      return course.lessons.some(({ path }) => path === context?.path) ? context : null;
    };
    app.commands.addCommand(OPEN, {
      label: ({ label }) => label ?? "Open a lesson",
      caption: ({ caption }) => caption ?? "",
      icon: ({ path, plain }) => (plain ? undefined : icons.get(path)),
      execute: ({ path }) => app.commands.execute("docmanager:open", path.endsWith(".md") ? { path, factory: "Markdown Preview" } : { path }),
    });
    app.commands.addCommand(RESET, {
      label: "Begin This Lesson Again…",
      caption: "Take the lesson as the course gives it; your notebook is kept beside it, and your answers stay",
      isEnabled: () => current() !== null,
      execute: () => beginAgain(app.commands, current(), ask, apputils).catch((error) => apputils.showErrorMessage("The lesson stays as it was", error)),
    });
  };

  const beginAgain = async (commands, context, ask, { Dialog, showDialog }) => {
    const { button } = await showDialog({
      title: "Begin this lesson again?",
      body: "The lesson comes back as the course gives it. Your notebook is kept beside it under another name, and your answers stay.",
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: "Begin again" })],
    });
    if (!button.accept) {
      return;
    }
    if (context.model.dirty) {
      await context.save(); // so that what is kept is what was on the page
    }
    const { aside } = await ask("reset", { path: context.path });
    await context.revert();
    await context.sessionContext?.session?.kernel?.restart();
    const kept = aside ? ` Your notebook is kept as ${aside}.` : "";
    const message = `The lesson is as the course gives it.${kept}`;
    await commands.execute("apputils:notify", { message, type: "success", options: { autoClose: 10000 } });
  };

  const makeMenu = (commands, { lessons, news }, Menu) => {
    const menu = new Menu({ commands });
    menu.id = `${NAME}-menu`;
    menu.title.label = CATEGORY;
    lessons.forEach((lesson) => menu.addItem({ command: OPEN, args: { ...lesson, label: lesson.name, plain: true } }));
    menu.addItem({ type: "separator" });
    if (news) {
      menu.addItem({ command: OPEN, args: news });
    }
    menu.addItem({ command: RESET });
    return menu;
  };

  // Once for each news in each browser.
  const tellNews = (commands, { news }) => {
    if (news && localStorage.getItem(NAME) !== news.id) {
      localStorage.setItem(NAME, news.id);
      const actions = [{ label: "Read", commandId: OPEN, args: news }];
      const message = "There is news of the course.";
      return commands.execute("apputils:notify", { message, type: "info", options: { autoClose: false, actions } });
    }
  };

  // When a lesson is opened on another day, the kernel that made its buttons is gone, and JupyterLab would show an error in the place
  // of each. The question stands beside it in the file, as a page: show that, and say once how to go on. The view is then gone from the
  // file, too, so it is left where nothing stands beside it, or where the notebook itself keeps what the view shows.
  const keepReadable = async (commands, panel) => {
    await panel.context.ready;
    await panel.sessionContext.ready;
    const reply = await panel.sessionContext.session?.kernel?.requestCommInfo({ target_name: "jupyter.widget" });
    if (panel.isDisposed || reply?.content.status !== "ok") {
      return;
    }
    const kept = panel.content.model.getMetadata("widgets")?.[STATE]?.state ?? {};
    const isGone = (id) => !(id in reply.content.comms) && !(id in kept);
    const outputs = [...panel.content.model.cells].flatMap((cell) => readOutputs(cell.outputs));
    const gone = outputs.filter(({ data }) => data[WIDGET] && data["text/html"] && isGone(data[WIDGET].model_id));
    for (const output of gone) {
      const { [WIDGET]: view, ...data } = output.data;
      output.setData({ data, metadata: output.metadata });
    }
    if (gone.length) {
      tellHowToGoOn(commands);
    }
  };

  // A table or picture that scrolls has bare keys for itself while it has the focus: JupyterLab would go to another cell with an arrow,
  // and cut one with x. The other keys stay JupyterLab's, as they do in our controls (helpers/guard.js).
  const leaveBareKeys = ({ target, key, ctrlKey, metaKey, altKey, shiftKey }) => {
    const theirs = ctrlKey || metaKey || altKey || (shiftKey && key === "Enter");
    if (target.matches?.(".jp-OutputArea-output .wide")) {
      target.toggleAttribute("data-lm-suppress-shortcuts", !theirs);
    }
  };

  const readOutputs = (outputs) => Array.from({ length: outputs?.length ?? 0 }, (_, number) => outputs.get(number));

  let told = false;
  const tellHowToGoOn = (commands) => {
    if (!told) {
      told = true;
      const message = "This lesson is as you left it. To go on, run its cells; your answers are shown again.";
      const actions = [{ label: "Run all cells", commandId: "notebook:run-all-cells" }];
      void commands.execute("apputils:notify", { message, type: "info", options: { autoClose: false, actions } });
    }
  };

  const drawIcon = (mark) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><text class="jp-icon3" fill="#616161" x="12" y="18"
      text-anchor="middle" font-family="sans-serif" font-weight="bold" font-size="${mark.length > 2 ? 12 : 17}">${mark}</text></svg>`;

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB[NAME] = {
    init: (scope) => void (packages = scope),
    get: async () => {
      const plugin = await load();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
