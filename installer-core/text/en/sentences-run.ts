/** What is said while a run goes on and when it has ended. */
export const runSentences = {
  'step.shrink-volume.doing': 'Making a volume smaller',
  'step.create-partition.doing': 'Making a partition',
  'step.format-volume.doing': 'Making an empty file system in it',
  'step.write-credentials.doing': 'Writing what the first start is to know',
  'step.remove-credentials.doing': 'Removing what the first start was to know',
  'step.write-files.doing': "Writing the system's files",
  'step.create-boot-entry.doing': 'Making a boot entry',
  'step.arm-trial.doing': 'Choosing the new system for the next start only',
  'step.confirm-trial.doing': 'Adding the new system to the boot order',
  'step.set-boot-next.doing': 'Choosing the system for the next start only',
  'step.clear-boot-next.doing': 'Taking the choice for the next start back',
  'step.restore-files.doing': "Writing the system's files anew",
  'step.replace-boot-entry.doing': 'Putting the boot entry right',
  'step.set-boot-order.doing': 'Putting the boot order right',
  'step.disarm-trial.doing': 'Ending the trial',
  'step.restore-boot-order.doing': 'Putting the boot order back',
  'step.remove-boot-entry.doing': 'Removing the boot entry',
  'step.remove-files.doing': "Removing the system's files",
  'step.remove-partition.doing': 'Removing the partition',
  'step.grow-volume.doing': 'Giving the volume its former size back',
  'step.state.verified': 'done and checked',
  'step.state.failed': 'did not work',
  'step.state.undone': 'taken back',
  'step.state.not-reached': 'not reached',
  'run.release-check': "Comparing the release's files with what was signed",
  'run.release-checked': 'The release is complete and as it was signed.',
  'run.undoing': 'Taking everything back, last step first.',
  'outcome.installed':
    'Installed. The new system starts once, at the next restart; after that the present one starts again until you confirm.',
  'outcome.installed.next':
    'Next: restart. Once you have seen the new system start, come back and keep it ("berth confirm") or take it away ("berth undo").',
  'outcome.rolled-back': 'It did not work, and everything was taken back. The PC is as it was before.',
  'outcome.rolled-back.recover':
    'Everything that the interrupted run had done was taken back. The PC is as it was before.',
  'outcome.installed.recover': 'The interrupted run was finished.',
  'outcome.interrupted':
    'Stopped on the way. The work can be finished, or all of it taken back ("berth recover").',
  'outcome.refused': 'Nothing was changed.',
  'outcome.undone': 'The system was taken away.',
  'outcome.undone.whole': 'The PC is as it was before.',
  'outcome.confirmed': 'Confirmed. The new system is in the boot order.',
  'outcome.switched':
    'Chosen for the next start only. Restart when you are ready; after that the default starts again.',
  'outcome.switched.back': 'Taken back. At the next start the default starts, as always.',
  'outcome.repaired': 'Repaired. The new system is as it was made.',
  'outcome.repaired.recover': 'The interrupted repair was finished.',
  'outcome.nothing-to-do': 'There was nothing to do.',
  'status.absent': 'Berth has not installed anything on this PC.',
  'status.trial':
    '{release} is installed and on trial[ ({entry|entry})]. It has not started yet. The present system is the default.',
  'status.trial.started':
    '{release} is installed and on trial[ ({entry|entry})]. It has started. The present system is the default.',
  'status.installed': '{release} is installed and confirmed[ ({entry|entry})].',
  'status.damaged': '{release} is installed, but something is missing or changed.',
  'status.choice':
    'The next start, and only that one, is {entry|entry}[ ("{description}")]. To take that back: "berth switch --cancel".',
  'status.healthy': 'Everything is as it was made.',
  'status.interrupted': 'The last run ({goal}) was interrupted.',
  'status.next.absent': 'Next: the plan shows what an installation would do ("berth plan").',
  'status.next.trial':
    'Next: restart to try it (to choose it once more: "berth switch berth"), then keep it ("berth confirm"). It can be taken away too ("berth undo").',
  'status.next.trial.started': 'Next: keep it ("berth confirm") or take it away ("berth undo").',
  'status.next.installed':
    'You can choose it for the next start ("berth switch berth") or take it away ("berth undo").',
  'status.next.damaged': 'Next: repair it ("berth repair"), or take it away ("berth undo").',
  'status.next.interrupted': 'Next: finish it or take it back ("berth recover").',
} as const
