/**
 * The inspector session by which Pulumi's SDK looks into closures, begun when the first is looked into. With one open, the
 * engine tells of each script that is read, which is a third of the start of a program. Knows nothing of closures.
 */
import { type Debugger, type InspectorNotification, Session } from "node:inspector";

/** The same functions as the SDK's module `runtime/closure/v8Hooks`. */
export function lateInspector() {
  const urls = new Map<string, string>();
  let session: Promise<Session> | undefined;

  async function begin(): Promise<Session> {
    const begun = new Session();
    begun.connect();
    // Listening first: all scripts so far are told at once when the debugger is enabled.
    begun.on(
      "Debugger.scriptParsed",
      ({ params }: InspectorNotification<Debugger.ScriptParsedEventDataType>) =>
        void urls.set(params.scriptId, params.url),
    );
    await new Promise<void>((resolve, reject) => {
      begun.post("Debugger.enable", (error) => (error ? reject(error) : resolve()));
    });
    return begun;
  }
  const getSessionAsync = (): Promise<Session> => {
    session ??= begin();
    return session;
  };

  return {
    getSessionAsync,
    /** Asked for before the program begins. */
    isInitializedAsync: () => Promise.resolve(),
    getScriptUrl: (id: string): string | undefined => urls.get(id),
  };
}
