// The switches for sound and voice in the key bar say what is, and remember it.

import { play, soundsOn, turnSounds } from "./sounds.js";
import { canSpeak, speechOn, turnSpeech } from "./speech.js";

const SWITCHES = [
  { selector: "[data-sound-toggle]", isOn: soundsOn, turn: turnSounds },
  { selector: "[data-speech-toggle]", isOn: speechOn, turn: turnSpeech },
];

function show(button, on) {
  button.setAttribute("aria-pressed", String(on));
  button.querySelector("[data-words]").textContent = on ? button.dataset.on : button.dataset.off;
}

for (const { selector, isOn, turn } of SWITCHES) {
  for (const button of document.querySelectorAll(selector)) {
    show(button, isOn());
    button.hidden = selector === "[data-speech-toggle]" && !canSpeak();
    button.addEventListener("click", () => {
      turn(!isOn());
      document.querySelectorAll(selector).forEach((each) => show(each, isOn()));
      if (selector === "[data-sound-toggle]") play("good");
    });
  }
}
