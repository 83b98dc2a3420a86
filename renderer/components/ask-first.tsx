import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'

export interface AskFirstProps {
  /** The button that asks, and what it is called by a screen reader when its text alone would not do. */
  readonly button: string
  readonly label?: string
  readonly isDisabled?: boolean
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no: string
  readonly onYes: () => void
}

/** A button for what cannot be taken back: it asks first, and the answer that changes nothing has the focus. */
export function AskFirst({ button, label, isDisabled, title, text, yes, no, onYes }: AskFirstProps) {
  return (
    <DialogTrigger>
      <Button
        className="button"
        {...(label === undefined ? {} : { 'aria-label': label })}
        isDisabled={isDisabled === true}
      >
        {button}
      </Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="modal">
          <Dialog role="alertdialog" className="dialog">
            {({ close }) => (
              <>
                <Heading slot="title" className="section-title hostile">
                  {title}
                </Heading>
                <p>{text}</p>
                <div className="button-row">
                  <Button className="button" autoFocus onPress={close}>
                    {no}
                  </Button>
                  <Button
                    className="button button-danger"
                    onPress={() => {
                      onYes()
                      close()
                    }}
                  >
                    {yes}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
