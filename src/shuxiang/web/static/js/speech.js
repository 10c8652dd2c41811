// The desk may speak. The voice is the browser's own; off until somebody turns it on.

import { remember, remembered } from "./remembered.js";

export const speechOn = () => remembered("speech", false);
export const canSpeak = () => "speechSynthesis" in window;

export function turnSpeech(on) {
  remember("speech", on);
  if (!on && canSpeak()) window.speechSynthesis.cancel();
}

function voiceFor(language) {
  const short = language.slice(0, 2);
  const voices = window.speechSynthesis.getVoices();
  return voices.find((voice) => voice.localService && voice.lang.replace("_", "-") === language)
    ?? voices.find((voice) => voice.localService && voice.lang.startsWith(short))
    ?? null;
}

/** Speak a sentence; a newer one cuts an older one short. */
export function say(sentence, language = document.documentElement.lang === "en" ? "en-US" : "zh-CN") {
  if (!speechOn() || !canSpeak() || !sentence) return;
  const utterance = new SpeechSynthesisUtterance(sentence);
  utterance.lang = language;
  utterance.voice = voiceFor(language);
  utterance.rate = 1.1;
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(utterance);
}
