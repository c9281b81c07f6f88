let audio: AudioContext | undefined;

/** Two soft tones, made here so that no file has to be there. Silent where the browser wants a touch first. */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    const start = audio.currentTime;
    for (const [at, frequency] of [
      [0, 660],
      [0.18, 880],
    ] as const)
      tone(audio, start + at, frequency);
  } catch {
    // A screen without loudspeaker goes on without a sound.
  }
}

function tone(context: AudioContext, at: number, frequency: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.3, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.5);
}
