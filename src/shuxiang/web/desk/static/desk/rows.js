// The rows that stay: newest on top, one filled, a line between two readers.

const isPending = (row) => row.hasAttribute("data-pending");

export function makeRows(list, words) {
  const acts = () => [...list.querySelectorAll(":scope > .sx-act")];

  /** Fill the newest row and draw the lines between readers again. */
  function tidy(reader) {
    list.querySelectorAll(":scope > .sx-divide").forEach((line) => line.remove());
    const newest = acts().find((row) => !isPending(row));
    for (const row of acts()) row.classList.toggle("is-latest", row === newest);
    let whose = reader;
    for (const row of acts()) {
      const own = row.dataset.reader;
      row.classList.toggle("is-theirs", Boolean(reader) && own === reader);
      if (!own) continue;
      if (own !== whose) divide(row);
      whose = own;
    }
  }

  function divide(row) {
    const line = document.createElement("li");
    line.className = "sx-divide";
    line.textContent = words.previous.replace("%(who)s", row.dataset.who.trim()).replace("%(at)s", row.dataset.at);
    row.before(line);
    row.classList.remove("is-latest");
  }

  /** Put an answered row where its scan waits, over the act that it changes, or on top. */
  function place(row, waiting) {
    const before = row.id ? document.getElementById(row.id) : null;
    if (before) before.replaceWith(row);
    else if (waiting?.isConnected && isPending(waiting)) waiting.replaceWith(row);
    else list.prepend(row);
  }

  /** Take the buttons off a row that has been dealt with; a list to choose from goes as a whole. */
  function shut(row) {
    if (row.dataset.open === "choose") {
      row.remove();
      return;
    }
    row.querySelectorAll("[data-part=open]").forEach((part) => part.remove());
    delete row.dataset.open;
  }

  return {
    list,
    acts,
    tidy,
    place,
    shut,
    open: () => acts().find((row) => row.dataset.open && row.querySelector("[data-part=open]")),
    /** Shut what no longer stands before this reader. */
    settle(reader, kept) {
      for (const row of acts()) {
        const stands = row.dataset.open === "refused" && row.dataset.for === reader;
        if (row.dataset.open && row !== kept && !stands) shut(row);
      }
    },
    lastAct: () => acts().find((row) => row.dataset.act && !row.dataset.undone)?.dataset.act ?? "",
    note: (act) => acts().find((row) => row.dataset.act === act),
  };
}
