// Searches the pages of this site in the browser: no server is asked. What it makes of a question is what
// engine/kitei/site/search.py wrote the index by; a test compares the two.
"use strict";
var kitei = (function () {
  var index = null, shards = {}, waiting = {};
  var WORDS = /[0-9a-z]+|[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff]+/g;
  var KANJI = "〇一二三四五六七八九", TENS = { "十": 10, "百": 100, "千": 1000 };
  var NUMERAL = /[〇一二三四五六七八九十百千]+/g;
  var SUPPLEMENT = /^(?:附則|suppl(?:\.|ementary provisions)?)[ ,/]*/;
  var JAPANESE = /^第?(\d+)(条?)((?:の\d+)*)(?:第?(\d+)項)?(?:第?(\d+)号((?:の\d+)*))?[^\d]*$/;
  var SLASHES = /^\/(\d+(?:_\d+)*)(?:\/p?(\d+))?(?:\/i(\d+(?:_\d+)*))?(?:\/.*)?$/;
  var UNIT = /^\/([a-z]+\d+(?:_\d+)*)$/;
  var NAMED = /^([^\d /]*[法令則])(?=第?\d|附則)/;
  var ANY_LAW = ["法", "令", "政令", "府令", "規則", "施行令", "施行規則", "同法", "同令", "同府令", "本法", "新法", "旧法"];
  var ENGLISH = /^(arts?\.?|articles?|sections?|secs?\.?|s\.|§)? *(\d+(?:-\d+)*)(?:,? *(?:para(?:graph)?\.?)? *\((\d+)\))?(?:,? *(?:items?)? *\(([ivxl]+)((?:-\d+)*)\))?(?:[ ,(].*)?$/;
  var ROMAN = { i: 1, v: 5, x: 10, l: 50 };
  var MOST = 60;

  function folded(text) { return text.normalize("NFKC").toLowerCase(); }

  function tokens(text) {
    var found = [];
    (folded(text).match(WORDS) || []).forEach(function (run) {
      if (run[0] <= "z" || run.length === 1) { found.push(run); return; }
      for (var n = 0; n + 1 < run.length; n++) { found.push(run.slice(n, n + 2)); }
    });
    return found.filter(function (token, n) { return found.indexOf(token) === n; });
  }

  function number(text) {
    var total = 0, digit = 0, figures = "";
    if (!/[十百千]/.test(text)) {
      for (var m = 0; m < text.length; m++) { figures += KANJI.indexOf(text[m]); }
      return figures.replace(/^0+(?=\d)/, "");
    }
    for (var n = 0; n < text.length; n++) {
      if (TENS[text[n]]) { total += (digit || 1) * TENS[text[n]]; digit = 0; } else { digit = digit * 10 + KANJI.indexOf(text[n]); }
    }
    return String(total + digit);
  }

  function arabic(text) { return text.replace(NUMERAL, number); }

  function roman(text) {
    var total = 0;
    for (var n = 0; n < text.length; n++) {
      var value = ROMAN[text[n]], next = ROMAN[text[n + 1]] || 0;
      total += value < next ? -value : value;
    }
    return total;
  }

  function joined(article, paragraph, item) {
    var found = article;
    if (paragraph || item) { found += "/" + (paragraph || 1); }
    return item ? found + "/i" + item : found;
  }

  function place(text, law) {
    var m;
    if (text[0] === "/") {
      m = UNIT.exec(text);
      if (m) { return law ? m[1] : ""; }
      m = SLASHES.exec(text);
      return m && law ? joined(m[1], m[2], m[3]) : "";
    }
    m = JAPANESE.exec(text.replace(/ /g, ""));
    if (m && (m[2] || m[3])) {
      return joined(m[1] + m[3].replace(/の/g, "_"), m[4], m[5] ? m[5] + m[6].replace(/の/g, "_") : "");
    }
    m = ENGLISH.exec(text);
    var bare = m && m[2].split("-")[0].length < 4 && (m[2].indexOf("-") >= 0 || m[3]);
    if (m && (law || m[1] || bare)) {
      return joined(m[2].replace(/-/g, "_"), m[3], m[4] ? roman(m[4]) + m[5].replace(/-/g, "_") : "");
    }
    return "";
  }

  function inOrder(name, whole) {
    var at = 0;
    for (var n = 0; n < whole.length && at < name.length; n++) { if (whole[n] === name[at]) { at++; } }
    return at === name.length;
  }

  // The law a shortened name means; "" for a word that stands for any, null where no one law is meant.
  function meant(name, laws) {
    if (ANY_LAW.indexOf(name) >= 0) { return ""; }
    var found = laws.filter(function (law) {
      return law[0][0] === name[0] && law[0].slice(-1) === name.slice(-1) && inOrder(name, law[0]);
    });
    var least = Math.min.apply(null, found.map(function (law) { return law[0].length; })), ids = [];
    found.forEach(function (law) { if (law[0].length === least && ids.indexOf(law[1]) < 0) { ids.push(law[1]); } });
    return ids.length === 1 ? ids[0] : null;
  }

  function citeKey(text, laws) {
    var rest = arabic(folded(text)).split(/\s+/).filter(Boolean).join(" "), law = "", bare, suppl, found, named, which, known = false;
    for (var n = 0; n < laws.length; n++) {
      var name = laws[n][0], after = rest.slice(name.length, name.length + 1);
      if (rest.indexOf(name) === 0 && !(name[name.length - 1] <= "z" && after >= "a" && after <= "z")) {
        law = laws[n][1]; rest = rest.slice(name.length); known = true; break;
      }
    }
    named = known ? null : NAMED.exec(rest);
    which = named ? meant(named[1], laws) : null;
    if (which !== null) { law = which; rest = rest.slice(named[1].length); }
    rest = rest.replace(/^[ 、,の]+/, "");
    bare = rest.replace(/^\/+/, "").replace(SUPPLEMENT, "");
    suppl = bare !== rest.replace(/^\/+/, "") ? "suppl/" : "";
    found = place(rest[0] === "/" ? "/" + bare : bare, law);
    return found ? law + "/" + suppl + found : "";
  }

  // How well a place answers a citation: 2 it is that place, 1 it lies below it or above it, 0 neither.
  function meets(key, asked) {
    if (!key) { return 0; }
    if (asked[0] === "/") { key = key.slice(key.indexOf("/")); }
    return key === asked ? 2 : key.indexOf(asked + "/") === 0 || asked.indexOf(key + "/") === 0 ? 1 : 0;
  }

  function unpacked(text) {
    var at = 0;
    return text.split(" ").map(function (step) { at += parseInt(step, 36); return at; });
  }

  function shardOf(token) { return token.charCodeAt(0) % index.shards; }

  // The pages of a token: those of all that begin with it, for a word of letters or a single character; else of it alone.
  function pagesOf(token) {
    var shard = shards[shardOf(token)], found = {};
    if (token[0] > "z" && token.length > 1) {
      unpacked(shard[token] || "").forEach(function (n) { if (shard[token]) { found[n] = true; } });
      return found;
    }
    Object.keys(shard).forEach(function (key) {
      if (key.indexOf(token) === 0) { unpacked(shard[key]).forEach(function (n) { found[n] = true; }); }
    });
    return found;
  }

  function search(question) {
    var asked = citeKey(question, index.laws), all = tokens(question), wanted = folded(question).trim(), found = [];
    if (asked) {
      index.pages.forEach(function (page, n) { var how = meets(page[3], asked); if (how) { found.push([how, n]); } });
    }
    if (!found.length && all.length) {
      var sets = all.map(pagesOf);
      index.pages.forEach(function (page, n) {
        if (sets.every(function (set) { return set[n]; })) { found.push([folded(page[1]).indexOf(wanted) >= 0 ? 1 : 0, n]); }
      });
    }
    found.sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; });
    return found.map(function (pair) { return index.pages[pair[1]]; });
  }

  // Where no page has all words: the pages that have some of those that say something, the most of them first. Of a word that no
  // page has, its first character counts where that says something.
  function near(question) {
    var telling = tokens(question).filter(function (token) { return /[^\u3040-\u309f]/.test(token); });
    var sets = telling.map(function (token) {
      var pages = pagesOf(token);
      return Object.keys(pages).length || !/^[\u3400-\u9fff]/.test(token) ? pages : pagesOf(token[0]);
    });
    var found = [];
    index.pages.forEach(function (page, n) {
      var many = sets.filter(function (set) { return set[n]; }).length;
      if (many) { found.push([many, n]); }
    });
    found.sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; });
    return found.map(function (pair) { return index.pages[pair[1]]; });
  }

  // Have the shards of a question there, then go on.
  function withShards(question, then) {
    var missing = tokens(question).map(shardOf).filter(function (n, at, of) { return !shards[n] && of.indexOf(n) === at; });
    if (!missing.length) { then(); return; }
    missing.forEach(function (n) {
      (waiting[n] = waiting[n] || []).push(function () { missing.splice(missing.indexOf(n), 1); if (!missing.length) { then(); } });
      if (waiting[n].length === 1) {
        var script = document.createElement("script");
        script.src = "search-" + n + ".js";
        document.head.appendChild(script);
      }
    });
  }

  function start() {
    var box = document.getElementById("search-box"), field = document.getElementById("search-field"), last = null;
    var list = document.getElementById("search-results"), status = document.getElementById("search-status");
    if (!box || !index) { return; }
    function shown(question, pages, some) {
      list.textContent = "";
      pages.slice(0, MOST).forEach(function (page) {
        var item = document.createElement("li"), link = document.createElement("a"), note = document.createElement("span");
        link.href = page[0]; link.textContent = page[1];
        note.className = "note"; note.textContent = page[2];
        item.appendChild(link); item.appendChild(document.createTextNode(" ")); item.appendChild(note);
        list.appendChild(item);
      });
      status.textContent = !question ? "" : !pages.length ? box.dataset.none
        : (some ? box.dataset.some : pages.length > MOST ? box.dataset.most : box.dataset.found).replace("{}", pages.length).replace("{m}", Math.min(pages.length, MOST));
    }
    function answer(question) {
      var pages = question ? search(question) : [];
      if (!question || pages.length) { shown(question, pages, false); } else { shown(question, near(question), true); }
    }
    function ask() {
      var question = field.value.trim();
      if (question === last) { return; }
      last = question;
      withShards(question, function () { if (question === last) { answer(question); } });
    }
    box.hidden = false;
    field.addEventListener("input", ask);
    field.addEventListener("search", ask);
    field.value = new URLSearchParams(location.search).get("q") || field.value;
    ask();
  }

  document.addEventListener("DOMContentLoaded", start);
  return {
    index: function (given) { index = given; },
    shard: function (n, given) { shards[n] = given; (waiting[n] || []).forEach(function (then) { then(); }); waiting[n] = []; },
    tokens: tokens, citeKey: citeKey, search: search, near: near, withShards: withShards
  };
}());
