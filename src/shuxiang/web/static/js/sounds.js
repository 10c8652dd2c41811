// Three sounds, made here and not played from a file: good rises, bad is low and twice, hold is a soft bell.

import { remember, remembered } from "./remembered.js";

const SCORES = {
  good: [{ pitch: 880, at: 0, lasts: 0.09 }, { pitch: 1318.5, at: 0.085, lasts: 0.14 }],
  back: [{ pitch: 1046.5, at: 0, lasts: 0.09 }, { pitch: 784, at: 0.085, lasts: 0.14 }],
  bad: [{ pitch: 196, at: 0, lasts: 0.16, shape: "square" }, { pitch: 165, at: 0.2, lasts: 0.26, shape: "square" }],
  hold: [{ pitch: 659.3, at: 0, lasts: 0.16 }, { pitch: 830.6, at: 0.15, lasts: 0.16 }, { pitch: 659.3, at: 0.3, lasts: 0.3 }],
};
const LOUDNESS = { sine: 0.5, square: 0.14 };

let context;

export const soundsOn = () => remembered("sounds", true);
export const turnSounds = (on) => remember("sounds", on);
export const volume = () => remembered("volume", 0.7);
export const setVolume = (share) => remember("volume", Math.min(Math.max(share, 0), 1));

function strike(note, start) {
  const shape = note.shape ?? "sine";
  const tone = context.createOscillator();
  const loudness = context.createGain();
  const peak = Math.max(LOUDNESS[shape] * volume(), 0.0001);
  tone.type = shape;
  tone.frequency.value = note.pitch;
  loudness.gain.setValueAtTime(0.0001, start);
  loudness.gain.exponentialRampToValueAtTime(peak, start + 0.012);
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + note.lasts);
  tone.connect(loudness).connect(context.destination);
  tone.start(start);
  tone.stop(start + note.lasts + 0.02);
}

/** Play "good", "back", "bad" or "hold", if this computer makes sounds. */
export function play(name) {
  document.dispatchEvent(new CustomEvent("shuxiang:sound", { detail: name }));
  if (!soundsOn() || !SCORES[name]) return;
  const Sound = window.AudioContext ?? window.webkitAudioContext;
  if (!Sound) return;
  context ??= new Sound();
  if (context.state === "suspended") context.resume();
  for (const note of SCORES[name]) strike(note, context.currentTime + note.at);
}
