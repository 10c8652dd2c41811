// What every page has: menus that close, questions before what has no undo, keys, copying, talk with the server.

import "./confirm.js";
import "./copy.js";
import "./htmx-setup.js";
import "./keys.js";
import "./menus.js";
import "./dialogs.js";
import "./tabs.js";
import "./toggles.js";
import "./print.js";
