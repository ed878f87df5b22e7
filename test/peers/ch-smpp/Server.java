// An SMSC on ch-smpp. Names messages in hexadecimal; a receipt says the name so in its optional parameter, and in decimal in its text. Of all
// messages it asks every THROTTLE_EVERY-th to come later, and those to FULL_QUEUE always.
// Usage: java -cp 'lib/*:classes' Server PORT THROTTLE_EVERY FULL_QUEUE

import com.cloudhopper.commons.charset.CharsetUtil;
import com.cloudhopper.smpp.SmppConstants;
import com.cloudhopper.smpp.SmppServerConfiguration;
import com.cloudhopper.smpp.SmppServerHandler;
import com.cloudhopper.smpp.SmppServerSession;
import com.cloudhopper.smpp.SmppSessionConfiguration;
import com.cloudhopper.smpp.impl.DefaultSmppServer;
import com.cloudhopper.smpp.impl.DefaultSmppSessionHandler;
import com.cloudhopper.smpp.pdu.BaseBind;
import com.cloudhopper.smpp.pdu.BaseBindResp;
import com.cloudhopper.smpp.pdu.DeliverSm;
import com.cloudhopper.smpp.pdu.PduRequest;
import com.cloudhopper.smpp.pdu.PduResponse;
import com.cloudhopper.smpp.pdu.SubmitSm;
import com.cloudhopper.smpp.pdu.SubmitSmResp;
import com.cloudhopper.smpp.tlv.Tlv;
import com.cloudhopper.smpp.type.SmppProcessingException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

public class Server {
    private static final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
    private static final AtomicInteger count = new AtomicInteger();
    private static int throttleEvery;
    private static String fullQueue;

    public static void main(String[] args) throws Exception {
        throttleEvery = Integer.parseInt(args[1]);
        fullQueue = args[2];
        SmppServerConfiguration configuration = new SmppServerConfiguration();
        configuration.setHost("127.0.0.1");
        configuration.setPort(Integer.parseInt(args[0]));
        configuration.setSystemId("ch-smpp");
        configuration.setDefaultWindowSize(1000);
        new DefaultSmppServer(configuration, new Handler()).start();
        System.out.println("listening");
        Thread.currentThread().join();
    }

    private static class Handler implements SmppServerHandler {
        @Override
        public void sessionBindRequested(Long id, SmppSessionConfiguration session, BaseBind bind)
                throws SmppProcessingException {
            if (!"secret".equals(session.getPassword()))
                throw new SmppProcessingException(SmppConstants.STATUS_INVPASWD);
        }

        @Override
        public void sessionCreated(Long id, SmppServerSession session, BaseBindResp response) {
            session.serverReady(new DefaultSmppSessionHandler() {
                @Override
                public PduResponse firePduRequestReceived(PduRequest request) {
                    return request instanceof SubmitSm ? answer(session, (SubmitSm) request) : request.createResponse();
                }
            });
        }

        @Override
        public void sessionDestroyed(Long id, SmppServerSession session) {
            session.destroy();
        }
    }

    private static SubmitSmResp answer(SmppServerSession session, SubmitSm submit) {
        SubmitSmResp response = submit.createResponse();
        int number = count.incrementAndGet();
        if (submit.getDestAddress().getAddress().equals(fullQueue)) {
            response.setCommandStatus(SmppConstants.STATUS_MSGQFUL);
        } else if (throttleEvery > 0 && number % throttleEvery == 0) {
            response.setCommandStatus(SmppConstants.STATUS_THROTTLED);
        } else {
            long name = 0x1e61d000L + number;
            response.setMessageId(Long.toHexString(name));
            later.schedule(() -> report(session, submit, name), 20, TimeUnit.MILLISECONDS);
        }
        return response;
    }

    private static void report(SmppServerSession session, SubmitSm submit, long name) {
        try {
            DeliverSm receipt = new DeliverSm();
            receipt.setEsmClass(SmppConstants.ESM_CLASS_MT_SMSC_DELIVERY_RECEIPT);
            receipt.setSourceAddress(submit.getDestAddress());
            receipt.setDestAddress(submit.getSourceAddress());
            String text = "id:" + name + " sub:001 dlvrd:001 stat:DELIVRD err:000 text:";
            receipt.setShortMessage(CharsetUtil.encode(text, CharsetUtil.CHARSET_GSM));
            byte[] hexadecimal = CharsetUtil.encode(Long.toHexString(name) + "\0", CharsetUtil.CHARSET_ISO_8859_1);
            receipt.addOptionalParameter(new Tlv(SmppConstants.TAG_RECEIPTED_MSG_ID, hexadecimal));
            receipt.addOptionalParameter(new Tlv(SmppConstants.TAG_MSG_STATE, new byte[] {2}));
            session.sendRequestPdu(receipt, 10_000, false);
        } catch (Exception error) {
            error.printStackTrace();
        }
    }
}
