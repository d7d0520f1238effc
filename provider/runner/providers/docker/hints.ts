/** What to do about what an engine says, where its words don't tell. Knows no resource. */

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /no space left on device/i,
    "The disk of the engine's machine is full: `docker system df` says by what, `docker system prune` removes what nothing uses.",
  ],
  [/toomanyrequests|rate limit/i, "Wait, or log in: docker:registryAuth has the credentials of a registry."],
  [
    /unauthorized|no basic auth credentials|authentication required|incorrect username or password/i,
    "Give the registry's credentials: docker:registryAuth (address, username, password).",
  ],
  [/no matching manifest/i, "The image is not made for this machine's processor: take another one, or set `platform`."],
  [
    /not found: manifest|manifest unknown|does not exist|access denied|no such image|repository name not known/i,
    "Check the name and the version; a private registry needs docker:registryAuth.",
  ],
  [
    /lookup |dial tcp|no such host|connection refused|timeout|deadline exceeded|TLS handshake|EOF/i,
    "Can the engine's machine reach the registry? Offline: load the image there with `docker load` first.",
  ],
  [
    /executable file not found|exec: .*no such file|exec format error/i,
    "Does the image have this program? It is the first word of `entrypoints`, or of `command`.",
  ],
  [
    /non-overlapping|Pool overlaps/i,
    "Remove networks that nothing uses (`docker network prune`), or give `ipamConfigs`.",
  ],
];

export const hintFor = (why: string): string | undefined => HINTS.find(([words]) => words.test(why))?.[1];
