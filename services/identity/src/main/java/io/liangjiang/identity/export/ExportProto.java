package io.liangjiang.identity.export;

import com.google.protobuf.ByteString;
import io.liangjiang.identity.v1.DataExport;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.File;

/** Exports as the wire has them. */
final class ExportProto {
  private static final String MEDIA_TYPE = "application/zip";
  private static final int DATE_LENGTH = 10;

  private ExportProto() {}

  static DataExport export(Gathering export) {
    return DataExport.newBuilder()
        .setExportId(export.id().toString())
        .setState(DataExport.State.valueOf(export.state().name()))
        .setCreateTime(ProtoTime.timestamp(export.createTime()))
        .setExpireTime(ProtoTime.timestamp(export.expireTime()))
        .setRecordCount(export.recordCount())
        .build();
  }

  static File file(Gathering export, byte[] zip) {
    String day = export.createTime().toString().substring(0, DATE_LENGTH);
    return File.newBuilder()
        .setMediaType(MEDIA_TYPE)
        .setFileName("my-data-" + day + ".zip")
        .setContent(ByteString.copyFrom(zip))
        .build();
  }
}
