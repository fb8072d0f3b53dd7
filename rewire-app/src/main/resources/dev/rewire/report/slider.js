// Goes through the moments of a topology: no library, no network.
(function (root) {
  'use strict';
  var data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  var slider = root.querySelector('input');
  var button = root.querySelector('button');
  var word = root.querySelector('.verdict strong');
  var words = root.querySelector('.verdict span');
  var canvas = root.querySelector('canvas');
  var raw = atob(data.counts);
  var moments = data.epoch.length;
  var inputs = raw.length / data.bytes / moments;
  var timer = 0;

  function count(moment, input) {
    var at = (moment * inputs + input) * data.bytes;
    return raw.charCodeAt(at) + (data.bytes === 2 ? 256 * raw.charCodeAt(at + 1) : 0);
  }

  function counts(moment) {
    var all = [];
    for (var i = 0; i < inputs; i++) all.push(count(moment, i));
    return all;
  }

  function colour(value) {
    var s = data.scale;
    var place = value < s[1]
        ? 0.5 * (value - s[0]) / Math.max(1e-9, s[1] - s[0])
        : 0.5 + 0.5 * (value - s[1]) / Math.max(1e-9, s[2] - s[1]);
    var at = Math.min(1, Math.max(0, place)) * (data.stops.length - 1);
    var low = Math.min(Math.floor(at), data.stops.length - 2);
    return [16, 8, 0].map(function (shift) {
      var from = data.stops[low] >> shift & 255;
      var to = data.stops[low + 1] >> shift & 255;
      return Math.round(from + (at - low) * (to - from));
    });
  }

  function map(all) {
    var draw = canvas.getContext('2d');
    var pixels = draw.createImageData(canvas.width, canvas.height);
    all.forEach(function (value, i) {
      var rgb = colour(value);
      for (var c = 0; c < 3; c++) pixels.data[4 * i + c] = rgb[c];
      pixels.data[4 * i + 3] = 255;
    });
    draw.putImageData(pixels, 0, 0);
  }

  // Draws points into a chart, in its own coordinates.
  function line(name, style, xs, ys) {
    var figure = root.querySelector('[data-chart="' + name + '"]');
    if (!figure) return;
    var p = figure.dataset.plot.split(' ').map(Number);
    var path = xs.map(function (x, i) {
      var px = p[0] + (x - p[4]) / (p[5] - p[4]) * (p[2] - p[0]);
      var py = p[3] - (ys[i] - p[6]) / (p[7] - p[6]) * (p[3] - p[1]);
      return (i ? 'L' : 'M') + px.toFixed(1) + ' ' + Math.max(p[1], Math.min(p[3], py)).toFixed(1);
    }).join('');
    var now = figure.querySelector('.now');
    now.setAttribute('d', path);
    now.setAttribute('class', 'line now ' + style);
  }

  var order = counts(moments - 1)
      .map(function (value, i) { return [value, i]; })
      .sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; })
      .map(function (pair) { return pair[1]; });

  function histogram(all) {
    var figure = root.querySelector('[data-chart="degrees"]');
    var p = figure.dataset.plot.split(' ').map(Number);
    var width = data.bin;
    var bins = Math.max(1, Math.round((p[5] - p[4]) / width));
    var heights = new Array(bins).fill(0);
    all.forEach(function (value) {
      var bin = Math.floor((value - p[4]) / width);
      if (bin >= 0 && bin < bins) heights[bin]++;
    });
    var xs = [];
    var ys = [];
    heights.forEach(function (height, bin) {
      xs.push(p[4] + bin * width, p[4] + (bin + 1) * width);
      ys.push(height, height);
    });
    line('degrees', 'now', xs, ys);
  }

  function signed(value) {
    return (value < 0 ? '\u2212' : '+') + Math.abs(value).toFixed(3);
  }

  function show(moment) {
    var all = counts(moment);
    var sign = data.sign[moment];
    var polarity = data.polarity[moment];
    var time = data.epoch[moment] ? 'after epoch ' + data.epoch[moment] : 'at the start';
    var said = time + ', step ' + data.step[moment].toLocaleString('en') + ', '
        + data.connections[moment].toLocaleString('en') + ' connections';
    word.className = sign;
    if (polarity.length) {
      word.textContent = sign === 'none' ? 'no polarity' : sign;
      said += '; polarity ' + signed(polarity[0]) + ' (' + signed(polarity[1]) + ' to '
          + signed(polarity[2]) + ')';
      map(all);
      canvas.setAttribute('aria-label', 'Heat map of connections ' + said);
      line('trend', sign, data.sides, data.trend[moment]);
      line('polarity', 'cursor', [data.epoch[moment], data.epoch[moment]], [-1, 1]);
    } else {
      line('ranks', 'a', order.map(function (_, rank) { return rank + 1; }),
          order.map(function (input) { return all[input]; }));
    }
    words.textContent = said;
    slider.setAttribute('aria-valuetext', said);
    histogram(all);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    button.textContent = '\u25b6';
    button.setAttribute('aria-label', 'Play');
  }

  button.addEventListener('click', function () {
    if (timer) {
      stop();
      return;
    }
    if (Number(slider.value) === moments - 1) slider.value = 0;
    button.textContent = '\u275a\u275a';
    button.setAttribute('aria-label', 'Pause');
    timer = setInterval(function () {
      slider.value = Number(slider.value) + 1;
      show(Number(slider.value));
      if (Number(slider.value) >= moments - 1) stop();
    }, Math.max(60, Math.min(400, 8000 / moments)));
  });
  slider.addEventListener('input', function () {
    stop();
    show(Number(slider.value));
  });
  show(moments - 1);
})(document.currentScript.parentElement);
