// The week by drag and by keys: arrows go about, Space picks a class up and puts it down, P pins, Delete takes it away.
// Without this script a class is pressed and its new place is pressed; every act here posts the same form.

const week = document.querySelector("[data-rotation]");
const says = document.querySelector("[data-rotation-says]");
const form = document.querySelector("[data-rotation-form]");
const chosen = document.getElementById("place");
const LAST = "shuxiang.rotation.class";
const GAP = 8;
const SIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

let carried = null; // { tile, answers, over }

const fill = (pattern, words) => pattern.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? "");
const nameOf = (tile) => tile.getAttribute("aria-label");
const places = () => [...week.querySelectorAll("[data-place]")];
const stops = () => [...week.querySelectorAll("a.sx-turn, button.sx-turn")];
const say = (words) => { says.textContent = words; };

/** Find the element nearest to another in a direction; what lies straight ahead comes before what is aside. */
function nearest(from, candidates, [dx, dy]) {
  const here = from.getBoundingClientRect();
  const middle = (box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const [x, y] = middle(here);
  let best = null;
  for (const each of candidates) {
    if (each === from) continue;
    const [ex, ey] = middle(each.getBoundingClientRect());
    const ahead = (ex - x) * dx + (ey - y) * dy;
    const aside = Math.abs((ex - x) * dy) + Math.abs((ey - y) * dx);
    if (ahead < 4 || aside > ahead * 2) continue;
    const distance = ahead + 2 * aside;
    if (!best || distance < best.distance) best = { each, distance };
  }
  return best?.each;
}

const weeksIn = (tile, place) =>
  tile.dataset.weeks === "every" || place.dataset.column === "w" ? tile.dataset.weeks : place.dataset.column;

function judge(place) {
  const { tile, answers } = carried;
  const slot = place.dataset[tile.dataset.purpose];
  if (!slot) return { slot: null, why: fill(week.dataset.none, { place: place.dataset.place }) };
  const why = answers?.[slot]?.[weeksIn(tile, place)] ?? "";
  return { slot, why };
}

function over(place) {
  clear();
  carried.over = place;
  const { slot, why } = judge(place);
  place.classList.add("over");
  place.classList.toggle("no", Boolean(why));
  if (!why) return say(fill(week.dataset.free, { place: place.dataset.place }));
  const told = document.createElement("span");
  told.className = "says";
  told.textContent = why;
  place.append(told);
  say(slot ? fill(week.dataset.against, { place: place.dataset.place, why }) : why);
  place.scrollIntoView({ block: "nearest", inline: "nearest" });
  putBeside(told, place);
}

/** Put a hint under a place, or over it where there is no room beneath: wholly on the screen, whatever the table cuts off. */
function putBeside(told, place) {
  const box = place.getBoundingClientRect();
  const { width, height } = told.getBoundingClientRect();
  const under = box.bottom - 4;
  told.style.left = `${Math.max(GAP, Math.min(box.left, document.documentElement.clientWidth - width - GAP))}px`;
  told.style.top = `${under + height + GAP > innerHeight ? Math.max(GAP, box.top + 4 - height) : under}px`;
}

function clear() {
  carried?.over?.classList.remove("over", "no");
  week.querySelectorAll(".says").forEach((each) => each.remove());
}

/** Set aside what the page offers to a class that was chosen before, while another one is carried. */
function setAside(isCarried) {
  week.classList.toggle("is-carrying", isCarried);
  if (chosen) chosen.style.visibility = isCarried ? "hidden" : "";
  if (!isCarried) places().forEach((place) => place.classList.remove("can"));
}

async function pickUp(tile) {
  carried = { tile, answers: null, over: null };
  tile.classList.add("carried");
  setAside(!tile.classList.contains("picked"));
  say(fill(week.dataset.taken, { name: nameOf(tile) }));
  const mine = carried;
  const answer = await fetch(`${week.dataset.rotation}${tile.dataset.turn}/places`);
  if (answer.ok) mine.answers = await answer.json();
  if (!mine.answers || carried !== mine) return;
  for (const place of places()) place.classList.toggle("can", place !== tile.closest("[data-place]") && !judge(place).why);
  if (mine.over) over(mine.over);
}

function leave() {
  if (!carried) return;
  clear();
  setAside(false);
  carried.tile.classList.remove("carried");
  say(fill(week.dataset.left, { name: nameOf(carried.tile) }));
  carried = null;
}

function post(tile, act, fields = {}) {
  sessionStorage.setItem(LAST, tile.dataset.class);
  form.action = `${week.dataset.rotation}${tile.dataset.turn}/${act}`;
  for (const name of ["slot", "weeks"]) form.elements[name].value = fields[name] ?? "";
  form.submit();
}

function putDown(place) {
  const { tile } = carried;
  const { slot } = judge(place);
  if (place === tile.closest("[data-place]")) return leave();
  if (!slot) return over(place);
  // What a rule says may be overruled by hand; what the slot can't hold is refused by the office, in words.
  const weeks = weeksIn(tile, place);
  carried = null;
  post(tile, "move", { slot, weeks });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const side = SIDES[event.key];
  if (carried) {
    if (event.key === "Escape") leave();
    else if (event.key === " " || event.key === "Enter") putDown(carried.over ?? carried.tile.closest("[data-place]"));
    else if (side) over(nearest(carried.over ?? carried.tile.closest("[data-place]"), places(), side) ?? carried.over ?? carried.tile.closest("[data-place]"));
    else return;
    event.preventDefault();
    return;
  }
  const tile = event.target.closest("[data-turn]");
  if (side && event.target.closest(".sx-turn")) nearest(event.target, stops(), side)?.focus();
  else if (!tile) return;
  else if (event.key === " ") pickUp(tile);
  else if (event.key === "Delete") post(tile, "away");
  else if (event.key.toLowerCase() === "p") post(tile, tile.dataset.pin);
  else return;
  event.preventDefault();
}

function placeUnder(event) {
  return event.target.closest?.("[data-place]");
}

if (week) {
  week.addEventListener("keydown", onKey);
  week.addEventListener("focusout", (event) => { if (carried && !week.contains(event.relatedTarget)) leave(); });
  week.addEventListener("dragstart", (event) => {
    const tile = event.target.closest?.("[data-turn]");
    if (!tile) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", nameOf(tile));
    pickUp(tile);
  });
  week.addEventListener("dragover", (event) => {
    const place = placeUnder(event);
    if (!carried || !place) return;
    event.preventDefault();
    if (place !== carried.over) over(place);
  });
  week.addEventListener("drop", (event) => {
    const place = placeUnder(event);
    if (!carried || !place) return;
    event.preventDefault();
    putDown(place);
  });
  week.addEventListener("dragend", leave);
  const last = sessionStorage.getItem(LAST);
  sessionStorage.removeItem(LAST);
  const undo = document.querySelector("[data-take-back] button");
  if (last) (undo ?? week.querySelector(`[data-class="${CSS.escape(last)}"]`))?.focus();
}
