// Small choices of this computer, such as whether it makes sounds. A browser that forbids keeping them just forgets.

const PREFIX = "shuxiang.";

/** Return what was kept under a name, or what is taken for granted. */
export function remembered(name, otherwise) {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return otherwise;
  }
}

/** Keep a value under a name. */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Nothing to be done: the choice holds until the page is left.
  }
}
