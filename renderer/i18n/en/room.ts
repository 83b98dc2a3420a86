/** Words about making room by a start of its own. */
export const roomWords = {
  room: {
    spaceLead: 'There is no room for it yet. One restart can make some, and nothing of yours is lost.',
    title: 'Make room with one restart',
    titleMore: 'Or make room on “{{volume}}” with one restart',
    lead: 'The running system uses “{{volume}}”, so it cannot become smaller while it runs. It can in a start of its own:',
    step1:
      'You look at the plan and say yes. A small system of Berth’s is put on the start partition; nothing becomes smaller yet.',
    step2:
      'At the next restart that system starts by itself, makes “{{volume}}” smaller, and brings the present system back. It takes about a minute, longer where much has to be moved.',
    step3:
      'Your files stay. Until the restart all of it can be taken back; after it, undoing gives the room back.',
    step4: 'Then you open Berth again and install into the new room.',
    size: 'How much room to make',
    keeps: '“{{volume}}” keeps {{left}}, with {{free}} free.',
    go: 'See the plan for that restart',
    noStage: 'The small system that does this is not on this PC yet.',
    noStageFetch:
      'It comes like any system: fetch a catalogue that offers it, on the page “System”, and come back here.',
    noStageBuild:
      'Whoever has Berth’s sources can also make it: “berth system build stage --out ~/.cache/berth/releases/stage-1.0.0-x86_64”. On a real PC it has to be signed with a key that the PC trusts.',
    toSystems: 'Go to the page “System”',
    needed: 'This PC needs room first.',
    neededHint: 'Berth can make it with one restart. Your files stay. You see how on the page “Space”.',
    fitsAfter: 'Fits once there is room: one restart makes it. The page “Space” shows how.',
    waits: 'Prepared: the next restart makes room',
    waitsText:
      '“{{volume}}” becomes {{size}} smaller at the next restart, and the present system comes back by itself. Your files stay. Nothing has become smaller yet.',
    unchosen: 'The restart that makes room has not come about',
    unchosenText:
      'It was prepared, but the firmware has not chosen it for the next start any more. Nothing has become smaller. Take it back, and then prepare it again; if it happens again, this PC’s firmware may not know such starts.',
    halfWay: 'Making room is half-way: restart now',
    halfWayText:
      '“{{volume}}” is being made smaller, and only the small system can finish that. Save your work and restart: it goes on by itself, and the present system comes back.',
    done: 'The room is there',
    doneText: '“{{volume}}” is {{size}} smaller. A system can be installed into that room now.',
    doneTidy: 'What the restart left on the start partition can be cleared away; the room stays.',
    refused: 'No room was made',
    refusedText: '“{{volume}}” is as it was, with every file. The reason:',
    restart: 'Restart now',
    takeBack: 'Take it back',
    tidy: 'Clear away what is left',
    onward: 'Go on to the installation',
    giveBack: 'Give the room back',
    giveBackTitle: 'Room was made on this PC',
    giveBackText:
      'A partition was made smaller for an installation. It can have that room back, as long as nothing lies there.',
  },
} as const
