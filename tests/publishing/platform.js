// A learning platform that takes nothing but what SCORM 1.2 allows. kept: what it knows; refused: what it did not take.
(kept) => {
  const TOKENS = { "cmi.core.lesson_status": ["passed", "completed", "failed", "incomplete", "browsed"], "cmi.core.exit": ["time-out", "suspend", "logout", ""] };
  const SHAPES = {
    "cmi.core.session_time": /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/u, "cmi.core.lesson_location": /^[ -~]{0,255}$/u, "cmi.suspend_data": /^[ -~]{0,4096}$/u,
    "cmi.core.score.raw": /^(100|\d{1,2})$/u, "cmi.core.score.min": /^0$/u, "cmi.core.score.max": /^100$/u,
  };
  let state = "before";
  const platform = { kept, refused: [], said: [], commits: 0, state: () => state };
  const refuse = (why) => { platform.refused.push(why); return "false"; };
  const running = (name) => (state === "running" ? "" : refuse(`${name} ${state}`));
  window.platform = platform;
  window.API = {
    LMSInitialize: (text) => { if (text !== "" || state !== "before") return refuse("initialize"); state = "running"; return "true"; },
    LMSFinish: (text) => { if (text !== "" || running("finish")) return "false"; state = "over"; return "true"; },
    LMSCommit: (text) => { if (text !== "" || running("commit")) return "false"; platform.commits += 1; return "true"; },
    LMSGetValue: (name) => (running("get") ? "" : kept[name] ?? (name === "cmi.core.lesson_status" ? "not attempted" : "")),
    LMSSetValue: (name, value) => {
      if (running("set")) return "false";
      if (typeof value !== "string") return refuse(`${name}: no text`);
      const isGood = TOKENS[name] ? TOKENS[name].includes(value) : SHAPES[name]?.test(value);
      if (!isGood) return refuse(`${name}=${value}`);
      kept[name] = value;
      platform.said.push([name, value]);
      return "true";
    },
    LMSGetLastError: () => "0", LMSGetErrorString: () => "", LMSGetDiagnostic: () => "",
  };
}
