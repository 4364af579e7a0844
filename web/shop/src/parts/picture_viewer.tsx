import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { Dialog } from "../../../shared/dialog";
import { Gallery } from "./gallery";
import { Icon } from "./icon";

// All pictures over the whole screen.
export function PictureViewer({ item, close }: { item: Item; close: () => void }) {
  const { t } = useSpeech();
  return (
    <Dialog className="viewer" label={t.item.pictures} close={close}>
      <Gallery item={item} large />
      <button
        className="round viewer-close"
        aria-label={t.item.closePictures}
        onClick={close}
        {...marked(CONTROL.back, BUTTON.none, ACTION.turnPicture)}
      >
        <Icon name="close" />
      </button>
    </Dialog>
  );
}
