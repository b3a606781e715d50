import { shareAt } from './goertzel.ts';

const audio = new AudioContext();

/** A track with a tone of this pitch in hertz. */
export function makeTone(hertz: number): MediaStreamTrack {
  const oscillator = new OscillatorNode(audio, { frequency: hertz });
  return record(oscillator.connect(new GainNode(audio, { gain: 0.3 })), [oscillator]);
}

/** A track with something that a codec takes for a voice: overtones through a formant, in syllables of a quarter of a second. */
export function makeSpeech(pitch: number): MediaStreamTrack {
  const voice = new OscillatorNode(audio, { type: 'sawtooth', frequency: pitch });
  const syllables = new OscillatorNode(audio, { type: 'sine', frequency: 4 });
  const loudness = new GainNode(audio, { gain: 0.2 });
  syllables.connect(new GainNode(audio, { gain: 0.18 })).connect(loudness.gain);
  voice.connect(new BiquadFilterNode(audio, { type: 'bandpass', frequency: 700, Q: 0.7 })).connect(loudness);
  return record(loudness, [voice, syllables]);
}

/** A track with a picture of one colour that moves a little, thirty times a second. */
export function makePatch(colour: string): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const context = canvas.getContext('2d')!;
  let count = 0;
  const draw = (): void => {
    context.fillStyle = colour;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = 'white';
    context.fillRect((count++ * 4) % canvas.width, 0, 8, 8);
  };
  draw();
  const track = canvas.captureStream(30).getVideoTracks()[0]!;
  const timer = setInterval(() => (track.readyState === 'ended' ? clearInterval(timer) : draw()), 33);
  return track;
}

/** Plays a track, and says how much of it is a tone of a pitch in hertz, 0 to 1. */
export function listenTo(track: MediaStreamTrack): { shareAt(hertz: number): number } {
  const stream = new MediaStream([track]);
  // Without an element that plays it, a browser does not decode what comes from afar.
  const element = Object.assign(new Audio(), { srcObject: stream });
  void element.play();
  const analyser = new AnalyserNode(audio, { fftSize: 4096 });
  audio.createMediaStreamSource(stream).connect(analyser);
  const signal = new Float32Array(analyser.fftSize);
  return {
    shareAt(hertz) {
      analyser.getFloatTimeDomainData(signal);
      return shareAt(signal, audio.sampleRate, hertz);
    },
  };
}

/** Shows a track, and says which colour is in its middle: red, green and blue, 0 to 255 each. */
export function lookAt(track: MediaStreamTrack): { colour(): number[]; frames(): number; firstFrame: Promise<number> } {
  const video = Object.assign(document.createElement('video'), { srcObject: new MediaStream([track]), muted: true });
  void video.play().catch(() => {});
  document.body.append(video);
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let frames = 0;
  const firstFrame = new Promise<number>((resolve) => {
    const count = (at: number): void => {
      if (frames++ === 0) resolve(at);
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
  });
  return {
    colour() {
      context.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    },
    frames: () => frames,
    firstFrame,
  };
}

function record(output: AudioNode, sources: readonly OscillatorNode[]): MediaStreamTrack {
  const destination = new MediaStreamAudioDestinationNode(audio, { channelCount: 1 });
  output.connect(destination);
  for (const source of sources) source.start();
  return destination.stream.getAudioTracks()[0]!;
}
