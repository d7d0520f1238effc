// Replaces what is different on every server by `%%…%%` marks. Hand-made rules: no recording tells where a value comes from.
// What the marks stand for is decided in provider/sandbox/settings/read.ts.

/** The recorded value of such a setting becomes the mark, also where it is a part of another setting's text. */
const MARKS = {
  uniqueID: "%%uniqueID%%",
  Accounts_RegistrationForm_SecretURL: "%%id%%",
  Deployment_FingerPrint_Hash: "%%base64:fingerprint%%",
  Federation_Matrix_hs_token: "%%hex:hs%%",
  Federation_Matrix_as_token: "%%hex:as%%",
  // Since 8.x.
  Federation_Service_Matrix_Signing_Key: "%%base64:key%%",
};

/** Shorter values could be found by chance in texts they have nothing to do with. */
const SHORTEST = 16;

/** The function that puts the marks into one recorded value. Only texts can hold marks. */
export function marker(scenario, settings) {
  // The recorded server's own address: Site_Url, and what is derived from it.
  const replaced = [[scenario.baseUrl, "%%siteUrl%%"]];
  for (const { _id, value } of settings) if (Object.hasOwn(MARKS, _id)) replaced.push([value, MARKS[_id]]);
  for (const [recorded, mark] of replaced)
    if (typeof recorded !== "string" || recorded.length < SHORTEST)
      throw new Error(`the recording has no usable value for ${mark}`);
  return (value) =>
    typeof value === "string"
      ? replaced.reduce((text, [recorded, mark]) => text.replaceAll(recorded, mark), value)
      : value;
}

/** Throws when a value that differs from server to server would get into the catalogue as if it were a default. */
export function demandMarked(scenario, pages, text) {
  const known = Object.keys(scenario.dynamic).filter((recorded) => text.includes(recorded));
  const random = pages.flatMap(({ response }) =>
    (response.volatile ?? []).map((where) => {
      const row = response.json.settings[Number(/\[(\d+)\]/.exec(where)?.[1])];
      if (!row) throw new Error(`the recording calls ${where} volatile, which is no setting of that page`);
      return row._id;
    }),
  );
  const unmarked = [...known, ...random.filter((id) => !Object.hasOwn(MARKS, id))];
  if (unmarked.length > 0)
    throw new Error(
      `these differ from server to server and need a rule in tools/generate/marks.mjs: ${unmarked.join(", ")}`,
    );
}
