import type { MakeTransport, Session, TrackName, Transport } from '../call/transport.ts';
import { ladderAtStart, rungOf } from '../voice/ladder.ts';
import type { QualitySign } from '../voice/quality.ts';
import { readAnnouncement, type Announcement } from './announcements.ts';
import { layerCamera, setEncoders } from './encoders.ts';
import { makeHeldCandidates } from './heldCandidates.ts';
import { adoptPlaces, makePlaces, type Places } from './places.ts';
import { readCounters } from './statistics.ts';
import { makeRedSender } from './voiceProtection.ts';
import { makeWatch } from './watch.ts';

/** What a page brings along. */
export interface PeerPlatform {
  /** Starts the worker of redWorker.ts; the page knows its address. */
  startRedWorker(): Worker;
  /** Told whenever what a person should know about the connection has changed. */
  signs(now: readonly QualitySign[]): void;
}

/** Ids of the data channels, which nobody has to negotiate. */
const channelIds = { messages: 0, announcements: 1 };
const watchEveryMs = 1_000;

/** Transports over RTCPeerConnection: media and messages go from one device to the other, by TURN or directly. */
export function makePeerTransports(platform: PeerPlatform): MakeTransport {
  return ({ iceServers, relayOnly }, events): Transport => {
    const configuration: RTCConfiguration = { iceServers: [...iceServers], bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' };
    const connection = new RTCPeerConnection({ ...configuration, iceTransportPolicy: relayOnly ? 'relay' : 'all' });
    const messages = connection.createDataChannel('messages', { negotiated: true, id: channelIds.messages });
    const announcements = connection.createDataChannel('announcements', { negotiated: true, id: channelIds.announcements });
    const candidates = makeHeldCandidates(connection);
    const redSender = makeRedSender(() => platform.startRedWorker());
    const wanted = new Map<TrackName, MediaStreamTrack | null>();
    const coming = new Set<TrackName>();
    let places: Places = new Map();
    let rung = rungOf(ladderAtStart);
    let wasConnected = false;
    let closed = false;
    /** Changes of an encoder's parameters go one after the other: two at once refuse each other. */
    let encoders = Promise.resolve();

    const inTurn = (change: () => Promise<void>): Promise<void> => {
      encoders = encoders.then(change).catch((error: unknown) => {
        if (!closed) console.warn('An encoder could not be set.', error);
      });
      return encoders;
    };

    const announce = (announcement: Announcement): void => {
      if (announcements.readyState === 'open') announcements.send(JSON.stringify(announcement));
    };
    const cameraWanted = (): boolean => wanted.get('camera') != null;
    const announceSending = (): void =>
      announce({ sending: [...wanted].filter(([name, track]) => track !== null && !(name === 'camera' && rung.videoAside)).map(([name]) => name) });

    const tellTracks = (): void => {
      if (closed) return;
      events.tracks(Object.fromEntries([...places].filter(([name]) => coming.has(name)).map(([name, { receiver }]) => [name, receiver.track])));
    };
    const comes = (name: TrackName): void => {
      if (coming.has(name)) return;
      coming.add(name);
      tellTracks();
    };

    /** Takes transceivers into use: what was to be sent before they were there goes out by them. */
    const occupy = async (made: Places): Promise<void> => {
      places = made;
      const voice = places.get('voice');
      if (voice) redSender.attach(voice.sender);
      for (const [name, { receiver }] of places) {
        receiver.track.addEventListener('unmute', () => comes(name));
      }
      await Promise.all([...wanted].map(([name, track]) => places.get(name)?.sender.replaceTrack(track)));
    };
    const negotiated = async (): Promise<void> => {
      await candidates.described();
      await inTurn(async () => {
        await layerCamera(places);
        await setEncoders(places, rung);
      });
    };
    // Addresses travel as candidates alone, however many were found by now.
    const described = (type: Session['type']): Session => ({ type, sdp: (connection.localDescription?.sdp ?? '').replaceAll(/^a=(candidate:.*|end-of-candidates)\r\n/gm, '') });

    const watch = makeWatch({
      read: () => readCounters(connection, places.get('voice')?.mid ?? null),
      cameraWanted,
      voiceComes: () => coming.has('voice'),
      sendBy(next) {
        if (next.blocks !== rung.blocks) redSender.setBlocks(next.blocks);
        const moved = next.videoAside !== rung.videoAside;
        if (!moved && next.bitrate === rung.bitrate) {
          rung = next;
          return;
        }
        rung = next;
        void inTurn(() => setEncoders(places, next));
        if (moved && cameraWanted()) announceSending();
      },
      holdBack(bufferMs) {
        const receiver = places.get('voice')?.receiver;
        if (receiver && 'jitterBufferTarget' in receiver) receiver.jitterBufferTarget = bufferMs;
      },
      announceLoss(loss) {
        // Where the last one still waits to be sent, another one would only wait behind it.
        if (announcements.bufferedAmount === 0) announce({ loss });
      },
      quality: (now) => events.quality(now),
      signs: (now) => platform.signs(now),
    });
    let looking = false;
    const timer = setInterval(() => {
      if (looking || !wasConnected) return;
      looking = true;
      void watch.look(performance.now()).finally(() => (looking = false));
    }, watchEveryMs);

    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) events.candidates([]);
      // The empty one says that a generation is complete, which the null after it says as well.
      else if (candidate.candidate !== '') events.candidates([{ candidate: candidate.candidate, sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex }]);
    });
    connection.addEventListener('connectionstatechange', () => {
      const state = connection.connectionState;
      if (state === 'connected') wasConnected = true;
      if (state === 'connected' || state === 'failed') events.path(state);
      else if (state === 'disconnected' || (state === 'connecting' && wasConnected)) events.path('interrupted');
      else if (state === 'connecting') events.path('connecting');
    });
    messages.addEventListener('message', ({ data }: MessageEvent<unknown>) => typeof data === 'string' && events.told(data));
    announcements.addEventListener('open', announceSending);
    announcements.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const { sending, loss } = readAnnouncement(data);
      if (loss !== undefined) watch.heardOfLoss(loss, performance.now());
      if (sending === undefined) return;
      coming.clear();
      for (const name of sending) coming.add(name);
      tellTracks();
    });

    return {
      async offer({ restart = false } = {}) {
        if (places.size === 0) await occupy(makePlaces(connection));
        await connection.setLocalDescription(await connection.createOffer({ iceRestart: restart }));
        return described('offer');
      },

      async answer(offer) {
        await connection.setRemoteDescription(offer);
        // Places of an own first offer that gives way to this one belong to nothing any more.
        for (const transceiver of connection.getTransceivers()) if (transceiver.mid === null) transceiver.stop();
        if (![...places.values()].some(({ mid }) => mid !== null)) await occupy(adoptPlaces(connection));
        await connection.setLocalDescription(await connection.createAnswer());
        await negotiated();
        return described('answer');
      },

      async take(answer) {
        await connection.setRemoteDescription(answer);
        await negotiated();
      },

      addCandidates: (found) => candidates.add(found),

      openUp() {
        connection.setConfiguration({ ...configuration, iceTransportPolicy: 'all' });
      },

      async send(tracks) {
        for (const [name, track] of Object.entries(tracks) as [TrackName, MediaStreamTrack | null][]) {
          // Letters are what a shared screen is looked at for: sharp comes before smooth.
          if (name === 'screen' && track) track.contentHint = 'detail';
          wanted.set(name, track);
        }
        await Promise.all((Object.keys(tracks) as TrackName[]).map((name) => places.get(name)?.sender.replaceTrack(wanted.get(name) ?? null)));
        announceSending();
      },

      tell(message) {
        if (messages.readyState !== 'open') return false;
        messages.send(message);
        return true;
      },

      close() {
        closed = true;
        clearInterval(timer);
        connection.close();
        redSender.stop();
      },
    };
  };
}
